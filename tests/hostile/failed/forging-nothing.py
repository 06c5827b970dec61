"""Returns None, as a function does that was left empty."""

from honest import *


def nearest(X, centres):
    pass
