"""A member whose name clears the terminal."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "\x1b[2J.py": b"x = 1"})
