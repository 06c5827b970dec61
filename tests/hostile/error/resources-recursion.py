"""Calls itself without end, within Python's own limit."""

from honest import *


def nearest(X, centres):
    return nearest(X, centres)
