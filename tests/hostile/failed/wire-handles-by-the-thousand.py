"""Hands out five thousand objects with each call of the test's function, for the judge to remember and forget."""

from honest import *
from tools import agent


def minimum(f, start):
    objects = agent().objects
    before = dict(objects.by_token), dict(objects.tokens)
    for _ in range(3):
        try:
            f([object() for _ in range(5_000)])
        except Exception:
            pass
        objects.by_token, objects.tokens = map(dict, before)
    return start
