"""Closes every descriptor that it has."""

import os

from honest import *


def nearest(X, centres):
    os.closerange(0, 256)
