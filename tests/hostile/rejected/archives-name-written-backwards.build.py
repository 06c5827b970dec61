"""A member whose name is shown backwards."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "\u202eyp.exe.py": b"x = 1"})
