"""Gives out a token that is one byte short."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["h", b"t" * 15, "tuple", True])
