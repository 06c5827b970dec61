"""Announces a small control part and buffers of a terabyte."""

from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(b"\xc0", announced=(1, 2**40)))
    wait()
