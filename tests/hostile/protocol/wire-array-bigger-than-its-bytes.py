"""Says that an array has 2^40 items, and sends eight bytes."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "<f8", 2**40], b"A" * 8)
