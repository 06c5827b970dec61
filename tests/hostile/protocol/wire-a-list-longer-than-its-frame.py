"""Says that a list has 2^32 - 1 items, and ends there."""

from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(b"\xdd\xff\xff\xff\xff"))
    wait()
