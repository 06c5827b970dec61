"""A member in a folder forty levels deep."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "a/" * 40 + "x.py": b"x = 1"})
