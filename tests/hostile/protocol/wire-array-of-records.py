"""Sends an array of a structured dtype with fields over each other."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["a", "<f8,<i4", 2], b"A" * 24)
