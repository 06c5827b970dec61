"""Sends a range of 10^12 numbers as if ranges crossed as they are."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["t", ["r", 0, 10**12, 1], ["r", 0, 10**12, 1]])
