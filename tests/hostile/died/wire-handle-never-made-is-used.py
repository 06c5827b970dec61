"""Puts a handle with a made-up token where an object is expected, so that the agent itself is asked for it."""

from honest import *
from tools import instead, number, own

Handle = own("Handle")


class Centres:
    def __new__(cls, centres):
        instead(("result", number(), Handle(b"0" * 16, "Centres", True)))
