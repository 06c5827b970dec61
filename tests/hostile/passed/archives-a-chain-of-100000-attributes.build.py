"""One chain of a hundred thousand attributes, whose reading must not take the square of that."""

from tests.hostile.attacks import HONEST


def upload():
    return "a.py", HONEST + b"\n\ndef unused():\n    return HONEST" + b".a" * 900
