"""Calls a function of the suite with keyword arguments whose names are numbers."""

from honest import *
from tools import number, send, wait


def minimum(f, start):
    send(("call", number(), 1, (), {1: 2, (3, 4): 5}))
    wait()
