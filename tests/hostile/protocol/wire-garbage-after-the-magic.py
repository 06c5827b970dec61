"""Sends random bytes after the four that a frame begins with."""

import random

from honest import *
from tools import agent, frame, wait


def nearest(X, centres):
    agent().line.wire.sendall(frame(random.Random(1).randbytes(4096)))
    wait()
