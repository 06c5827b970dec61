"""Asks for a call of a function that the test before had given, past the agent's own check."""

from honest import *
from honest import minimum as right
from tools import number, send, wait


def minimum(f, start):
    return right(f, start)


class Centres:
    def __init__(self, centres):
        send(("call", number(), 1, (1.0,), {}))
        wait()
