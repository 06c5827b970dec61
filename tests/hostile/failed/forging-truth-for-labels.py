"""Returns truth values, which equal the labels 0 and 1."""

from honest import *
from honest import nearest as right


def nearest(X, centres):
    labels, distances = right(X, centres)
    return labels.astype(bool), distances
