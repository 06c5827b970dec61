"""Sends floats of four bytes, which take eight when they are sent back."""

import msgpack
from honest import *
from tools import agent, frame, number, wait


def nearest(X, centres):
    tree = ["t", "result", number(), ["l", *[0.0] * 100_000]]
    agent().line.wire.sendall(frame(msgpack.packb(tree, use_single_float=True)))
    wait()
