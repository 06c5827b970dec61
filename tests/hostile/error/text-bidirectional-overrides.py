"""Raises an exception whose text is shown in another order than it is read."""

from honest import *


def nearest(X, centres):
    raise ValueError("\u202e\u2066\u2067\u2069\u200b\ufeff\U000e0041 passed")
