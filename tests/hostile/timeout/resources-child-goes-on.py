"""Leaves to a child to hold the wire, and sleeps in both."""

import os
import time

from honest import *


def nearest(X, centres):
    os.fork()
    time.sleep(600)
