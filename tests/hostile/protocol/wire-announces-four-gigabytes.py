"""Announces a control part of 2^32 - 1 bytes and buffers of 2^64 - 1."""

from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(b"", announced=(2**32 - 1, 2**64 - 1)))
    wait()
