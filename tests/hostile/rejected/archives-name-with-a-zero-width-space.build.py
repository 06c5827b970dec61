"""A member whose name looks like the entry's: there is a space of no width in it."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "solu\u200btion.py": b"x = 1"})
