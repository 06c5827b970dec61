"""Answers with a hundred thousand lists in a list."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["l", *[["l"]] * 100_000])
