"""Raises StopIteration, which ends loops and generators that do not expect it."""

from honest import *


def nearest(X, centres):
    raise StopIteration
