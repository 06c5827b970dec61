"""Returns a counter of a million keys by the ordinary way."""

from collections import Counter

from honest import *


def nearest(X, centres):
    return Counter(range(1_000_000)), 1
