"""Ends the process with exit code 0 in the middle of a call."""

import os

from honest import *


def nearest(X, centres):
    os._exit(0)
