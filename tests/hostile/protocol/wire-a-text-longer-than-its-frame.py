"""Says that a text has 2^32 - 1 bytes, and ends there."""

from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(b"\xdb\xff\xff\xff\xff"))
    wait()
