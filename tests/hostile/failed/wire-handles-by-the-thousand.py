"""Hands out five thousand objects with each call of the test's function, for the judge to remember and forget."""

from honest import *
from tools import agent


def minimum(f, start):
    objects = agent().objects
    for _ in range(3):
        try:
            f([object() for _ in range(5_000)])
        except Exception:
            pass
        objects.by_token.clear()
        objects.tokens.clear()
    return start
