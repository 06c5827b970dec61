"""Puts a handle with a made-up token where an object is expected, so that the agent itself is asked for it."""

from grader.harness.wire import Handle
from honest import *
from tools import instead, number


class Centres:
    def __new__(cls, centres):
        instead(("result", number(), Handle(b"0" * 16, "Centres", True)))
