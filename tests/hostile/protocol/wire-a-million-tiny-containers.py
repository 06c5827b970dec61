"""Packs a million one-item lists into one frame: sixty times their bytes once they are built."""

from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(b"\xdd" + (500_000).to_bytes(4, "big") + b"\x91\xc0" * 500_000))
    wait()
