"""Sleeps for an hour."""

import time

from honest import *


def nearest(X, centres):
    time.sleep(3600)
