"""A number of a million digits in the source."""

from tests.hostile.attacks import HONEST


def upload():
    return "a.py", HONEST + b"x = " + b"9" * 900_000
