"""Returns an integer of a million digits by the ordinary way."""

from honest import *


def nearest(X, centres):
    return 10**1_000_000, 1
