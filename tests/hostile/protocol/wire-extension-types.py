"""Sends msgpack's extension types, a timestamp among them."""

import msgpack
from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(msgpack.packb(["t", msgpack.ExtType(42, b"x" * 100), msgpack.Timestamp(1)])))
    wait()
