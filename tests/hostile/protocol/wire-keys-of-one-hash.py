"""Sends a set of forty thousand numbers that share a hash: Python would compare each with each."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["s", *[["c", -1000003.0 * n, float(n)] for n in range(1, 32_000)]])
