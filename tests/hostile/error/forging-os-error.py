"""Raises the errors of a machine that is out of order."""

from honest import *


def nearest(X, centres):
    raise ConnectionResetError(104, "Connection reset by peer")
