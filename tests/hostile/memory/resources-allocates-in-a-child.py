"""Takes memory in a child until that is killed; the main process answers correctly."""

import os

from honest import *
from honest import nearest as right


def nearest(X, centres):
    if os.fork() == 0:
        kept = []
        while True:
            kept.append(bytearray(b"x" * (16 << 20)))
    os.wait()
    os._exit(0)
