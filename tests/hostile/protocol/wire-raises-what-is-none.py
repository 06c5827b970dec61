"""Says that it raised, and sends a number in the exception's place."""

from honest import *
from tools import number, send, wait


def nearest(X, centres):
    send(("raised", number(), 5, ""))
    wait()
