"""Prints ten megabytes and answers correctly."""

import os

from honest import *
from honest import nearest as right


def nearest(X, centres):
    for _ in range(160):
        os.write(1, b"x" * 65536)
    return right(X, centres)
