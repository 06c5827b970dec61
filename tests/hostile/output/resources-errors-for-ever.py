"""Writes to standard error without end."""

import os

from honest import *


def nearest(X, centres):
    while True:
        os.write(2, b"x" * 65536)
