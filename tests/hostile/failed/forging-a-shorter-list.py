"""Returns fewer items than objects, so that a loop over pairs ends early."""

from honest import *
from honest import nearest as right


def nearest(X, centres):
    labels, distances = right(X, centres)
    return labels[: len(labels) // 2], distances[: len(labels) // 2]
