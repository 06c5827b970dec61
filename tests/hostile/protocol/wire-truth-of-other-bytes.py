"""Sends truth values whose bytes are neither 0 nor 1."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "|b1", 4], b"\x02\x03\xff\x00")
