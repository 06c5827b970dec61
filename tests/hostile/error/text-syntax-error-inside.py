"""Raises a SyntaxError whose file, line and text are made up."""

from honest import *


def nearest(X, centres):
    raise SyntaxError("\x1b[2J", ("../../etc/passwd", 10**9, 10**9, "<script>\x1b[2J"))
