"""Answers nothing at all, but reads what is asked."""

from honest import *
from tools import agent


def nearest(X, centres):
    while agent().line.wire.recv(1 << 16):
        pass
