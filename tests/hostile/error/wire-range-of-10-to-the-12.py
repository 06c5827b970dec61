"""Returns ranges of 10^12 numbers by the ordinary way."""

from honest import *


def nearest(X, centres):
    return range(10**12), range(10**30)
