"""Returns a handle with a token that the agent never gave out: it stays inert outside."""

from honest import *
from tools import instead, number, own

Handle = own("Handle")


def nearest(X, centres):
    instead(("result", number(), Handle(b"0" * 16, "tuple", True)))
