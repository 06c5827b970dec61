"""Sends an array of text that is no text: a lone surrogate, which fails only where it is printed or stored."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["t", ["a", "<U1", 1], 1], b"\x00\xd8\x00\x00")
