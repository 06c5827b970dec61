"""One multiplication that takes hours, within C."""

from honest import *


def nearest(X, centres):
    return 7 ** (7**12)
