"""A folder whose name ends in a dot, which some systems leave out."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "a./b.py": b"x = 1"})
