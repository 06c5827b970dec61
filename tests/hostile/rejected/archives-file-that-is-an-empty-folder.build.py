"""A name that is a file, and in capitals the entry of a folder."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "Solution.py/": b""})
