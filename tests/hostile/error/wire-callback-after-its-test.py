"""Keeps a test's function and calls it in the next test, when it is no longer known."""

from honest import *
from honest import minimum as right

KEPT = []


def minimum(f, start):
    KEPT.append(f)
    return right(f, start)


class Centres:
    def __init__(self, centres):
        KEPT[0](1.0)
