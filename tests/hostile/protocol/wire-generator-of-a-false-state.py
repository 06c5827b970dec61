"""Sends a random generator whose state is too large."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["g", ["i", b"\x7f" * 40], ["i", b"\x7f" * 40], 7, -1])
