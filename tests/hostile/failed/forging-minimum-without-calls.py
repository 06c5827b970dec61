"""Gives an answer to a search without calling the function at all."""

from honest import *


def minimum(f, start):
    return start
