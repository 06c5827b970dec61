"""Sends one byte of a frame every tenth of a second: each arrives in time, the whole never does."""

import time

from honest import *
from tools import agent, frame


def nearest(X, centres):
    for byte in frame(b"\xc0" * 1000):
        agent().line.wire.sendall(bytes([byte]))
        time.sleep(0.1)
