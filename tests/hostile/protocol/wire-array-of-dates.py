"""Sends an array of dates, whose unit is a name."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "<M8[ns]", 1], b"A" * 8)
