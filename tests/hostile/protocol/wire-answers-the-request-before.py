"""Answers with the number of the request before this one."""

from honest import *
from honest import nearest as right
from tools import number, send

EARLIER = []


def nearest(X, centres):
    if EARLIER:
        send(("result", EARLIER[-1], right(X, centres)))
    EARLIER.append(number())
    return right(X, centres)
