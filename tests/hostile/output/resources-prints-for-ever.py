"""Prints without end."""

from honest import *


def nearest(X, centres):
    while True:
        print("x" * 4096)
