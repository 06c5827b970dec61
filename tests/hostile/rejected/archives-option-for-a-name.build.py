"""A member that is called as an option of a command is."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "-rf.py": b"x = 1"})
