"""A member whose path leads upwards by backslashes."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "..\\..\\x.py": b"x = 1"})
