"""Sends itself SIGSTOP: it is alive, and does nothing."""

import os
import signal

from honest import *


def nearest(X, centres):
    os.kill(os.getpid(), signal.SIGSTOP)
