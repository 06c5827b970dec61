"""Sends an array with no items, and dimensions of 2^60 beside the empty one."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "<f8", 0, 2**60], b"")
