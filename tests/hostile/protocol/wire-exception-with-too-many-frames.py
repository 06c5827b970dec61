"""Sends an exception with a traceback of a thousand frames."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["e", "ValueError", "ValueError", "", *[["t", "solution.py", 1, "nearest"]] * 1000])
