"""Splits into eight processes, each of which answers."""

import os

from honest import *
from honest import nearest as right


def nearest(X, centres):
    for _ in range(3):
        os.fork()
    return right(X, centres)
