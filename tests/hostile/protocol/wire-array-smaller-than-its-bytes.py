"""Sends more bytes than its array needs."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "<f8", 1], b"A" * 16)
