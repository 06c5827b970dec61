"""Announces a hundred bytes, sends ten, and goes."""

import os

from honest import *
from tools import agent, frame


def nearest(X, centres):
    agent().line.wire.sendall(frame(b"0" * 10, announced=(100, 0)))
    os._exit(0)
