"""An archive in the archive."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "inner.zip": b"x = 1"})
