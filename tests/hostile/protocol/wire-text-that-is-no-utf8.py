"""Sends a text whose bytes are no text."""

from honest import *
from tools import reply


def nearest(X, centres):
    import msgpack
    from tools import agent, frame, number, wait

    control = msgpack.packb(["t", "result", number(), "??"]).replace(b"??", b"\xff\xfe")
    agent().line.wire.sendall(frame(control))
    wait()
