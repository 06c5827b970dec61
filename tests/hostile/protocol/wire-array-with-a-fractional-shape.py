"""Sends an array whose shape holds 1.5 and a text."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "<f8", 1.5, "1"], b"A" * 8)
