"""Asks for a call of a function of the suite that it was never given."""

from honest import *
from tools import number, send, wait


def nearest(X, centres):
    send(("call", number(), 1, (), {}))
    wait()
