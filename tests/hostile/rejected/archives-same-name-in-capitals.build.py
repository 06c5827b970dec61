"""A member whose name is another's in capitals."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "SOLUTION.py": b"x = 1"})
