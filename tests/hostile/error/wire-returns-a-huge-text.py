"""Returns a text of ten million characters by the ordinary way."""

from honest import *


def nearest(X, centres):
    return "x" * 10_000_000, 1
