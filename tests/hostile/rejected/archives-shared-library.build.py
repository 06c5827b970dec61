"""A member that Python would load as a library of machine code."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "fast.so": b"x = 1"})
