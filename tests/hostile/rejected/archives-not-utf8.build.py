"""Source in an encoding that it does not tell."""

from tests.hostile.attacks import HONEST


def upload():
    return "a.py", HONEST + "# \u0456".encode("utf-16")
