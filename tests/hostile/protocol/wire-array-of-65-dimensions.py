"""Sends an array with more dimensions than numpy has."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "<f8", *[1] * 65], b"A" * 8)
