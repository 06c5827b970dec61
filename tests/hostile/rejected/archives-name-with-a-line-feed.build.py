"""A member whose name holds a line feed."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "a\nb.py": b"x = 1"})
