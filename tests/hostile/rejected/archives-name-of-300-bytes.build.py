"""A member whose name has 90 characters and 360 bytes: more than a file system takes."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "\U00020000" * 90 + ".py": b"x = 1"})
