"""A file whose name is a terminal sequence."""

from tests.hostile.attacks import HONEST


def upload():
    return "\x1b]0;owned\x07.py", HONEST
