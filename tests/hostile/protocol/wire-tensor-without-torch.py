"""Sends a tensor to a judge of an assignment that has none."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["T", "float99", 2], b"A" * 8)
