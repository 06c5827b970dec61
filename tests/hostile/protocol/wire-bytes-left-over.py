"""Sends a good answer with more bytes behind it in the same frame."""

import msgpack
from honest import *
from tools import agent, frame, number, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(msgpack.packb(["t", "result", number(), None]) + b"\xc0"))
    wait()
