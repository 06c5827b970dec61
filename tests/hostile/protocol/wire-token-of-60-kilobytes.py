"""Gives out tokens of 60 kB, which the judge would have to send back with every request."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["t", ["h", b"t" * 60_000, "tuple", True], 1])
