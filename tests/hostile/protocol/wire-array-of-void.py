"""Sends an array of raw void items."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "|V8", 1], b"A" * 8)
