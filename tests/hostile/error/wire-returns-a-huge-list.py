"""Returns lists of a million numbers by the ordinary way."""

from honest import *


def nearest(X, centres):
    return list(range(1_000_000)), list(range(1_000_000))
