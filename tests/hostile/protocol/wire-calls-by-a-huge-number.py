"""Asks for a call of the function number 2^70."""

from honest import *
from tools import number, send, wait


def minimum(f, start):
    send(("call", number(), 1 << 70, (), {}))
    wait()
