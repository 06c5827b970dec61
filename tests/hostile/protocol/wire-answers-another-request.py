"""Answers with a request's number that it made up."""

from honest import *
from honest import nearest as right
from tools import send


def nearest(X, centres):
    send(("result", b"0" * 16, right(X, centres)))
    return right(X, centres)
