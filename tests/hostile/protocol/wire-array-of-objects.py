"""Sends an array of dtype object, whose bytes would be taken for addresses."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "|O", 2], b"A" * 16)
