"""Sends maps with keys that are maps, and the same key twice."""

from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(b"\x82\x81\x01\x02\x03\xa1a\x01"))
    wait()
