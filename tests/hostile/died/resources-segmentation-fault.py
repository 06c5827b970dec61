"""Reads address zero."""

import ctypes

from honest import *


def nearest(X, centres):
    return ctypes.string_at(0)
