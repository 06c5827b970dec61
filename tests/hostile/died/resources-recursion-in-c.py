"""Overflows the stack of C with a limit that it has set itself."""

import sys

from honest import *


def nearest(X, centres):
    sys.setrecursionlimit(10**9)
    value = []
    for _ in range(10**6):
        value = [value]
    return repr(value)
