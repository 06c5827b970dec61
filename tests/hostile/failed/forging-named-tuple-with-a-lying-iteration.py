"""Returns a named tuple that has other items, and more of them, whenever it is looked at."""

from typing import NamedTuple

from honest import *
from honest import nearest as right


class Answer(NamedTuple):
    labels: object
    distances: object

    def __iter__(self):
        return iter(KEPT)

    def __getitem__(self, key):
        return KEPT[key]

    def __len__(self):
        return 2


KEPT = []


def nearest(X, centres):
    KEPT[:] = right(X, centres)
    return Answer(0, 0)
