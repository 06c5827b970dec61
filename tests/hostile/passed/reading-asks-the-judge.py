"""Looks through the function that the test gave for its variables; there is only a number behind it."""

from honest import *
from honest import minimum as right
from tools import Escaped


def minimum(f, start):
    found = {**vars(f)}
    if {type(value).__name__ for value in found.values()} - {"Service", "int"}:
        raise Escaped(f"{found}")
    for name in ("__closure__", "__code__", "__globals__", "__wrapped__", "__defaults__"):
        if hasattr(f, name):
            raise Escaped(name)
    return right(f, start)
