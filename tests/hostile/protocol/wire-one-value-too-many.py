"""Answers with one value more than can be sent back: what is read and what is written must have one bound."""

from honest import *
from tools import reply

NODES = 131_072  # the bound of the wire


def nearest(X, centres):
    reply(["l", *[0.0] * (NODES - 5)])
