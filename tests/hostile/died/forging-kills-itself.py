"""Sends itself SIGKILL, as the kernel does when memory runs out."""

import os
import signal

from honest import *


def nearest(X, centres):
    os.kill(os.getpid(), signal.SIGKILL)
