"""Calls abort, which would leave a core file where those are allowed."""

import ctypes

from honest import *


def nearest(X, centres):
    ctypes.CDLL(None).abort()
