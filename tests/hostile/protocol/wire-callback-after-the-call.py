"""Keeps the test's function and calls it when it is no longer asked."""

from honest import *
from honest import minimum as right

KEPT = []


def minimum(f, start):
    KEPT.append(f)
    return right(f, start)


class Centres:
    def __init__(self, centres):
        KEPT[0](1.0)
