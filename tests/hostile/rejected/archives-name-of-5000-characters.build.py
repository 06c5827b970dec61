"""A member whose name is longer than any file system's."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "x" * 5000 + ".py": b"x = 1"})
