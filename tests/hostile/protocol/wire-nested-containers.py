"""Nests containers a hundred thousand deep."""

from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(b"\x91" * 100_000 + b"\xc0"))
    wait()
