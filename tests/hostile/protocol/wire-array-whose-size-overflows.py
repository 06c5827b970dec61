"""Sends a shape whose product is 0 in 64 bits."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "<f8", 2**32, 2**32, 2**32], b"")
