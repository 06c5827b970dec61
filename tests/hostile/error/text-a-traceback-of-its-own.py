"""Raises from code that says it lies in files of the host, in lines that do not exist."""

from honest import *


def nearest(X, centres):
    exec(compile("\n" * 1000 + "raise ValueError", "/etc/passwd", "exec"))
