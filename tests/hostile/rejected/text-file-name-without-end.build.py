"""A file with a name of a hundred thousand characters."""

from tests.hostile.attacks import HONEST


def upload():
    return "a" * 100_000 + ".py", HONEST
