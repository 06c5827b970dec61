"""A member with a path of Windows, drive and all."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "C:\\Windows\\x.py": b"x = 1"})
