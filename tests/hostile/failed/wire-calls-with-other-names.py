"""Calls a function of the suite with keyword arguments that it does not have."""

from honest import *


def minimum(f, start):
    return f(start, __class__=2, y=3)
