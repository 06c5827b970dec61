"""Raises exceptions that were caused by exceptions, ten thousand of them."""

from honest import *


def nearest(X, centres):
    error = None
    for number in range(10_000):
        following = ValueError(number)
        following.__cause__ = error
        error = following
    raise error
