"""Sends containers whose tags are containers."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply([["t"], ["a"], [["a", "<f8", 1]]])
