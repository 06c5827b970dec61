"""Takes one gigabyte and answers correctly."""

from honest import *
from honest import nearest as right


def nearest(X, centres):
    kept = bytearray(b"x" * (1 << 30))
    return right(X, centres) if kept else None
