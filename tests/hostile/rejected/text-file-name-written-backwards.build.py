"""A file whose name is shown backwards."""

from tests.hostile.attacks import HONEST


def upload():
    return "\u202eyp.nosj.py", HONEST
