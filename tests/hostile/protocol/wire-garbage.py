"""Sends random bytes."""

import os

from honest import *
from tools import agent, wait


def nearest(X, centres):
    agent().line.wire.sendall(os.urandom(1 << 16))
    wait()
