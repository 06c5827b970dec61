"""Sends an integer of a hundred thousand bytes, which takes minutes to print."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["i", b"\x7f" * 60_000])
