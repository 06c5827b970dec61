"""Returns the right answer followed by many others, should only the first be looked at."""

from honest import *
from honest import nearest as right


def nearest(X, centres):
    return (*right(X, centres), *range(50))
