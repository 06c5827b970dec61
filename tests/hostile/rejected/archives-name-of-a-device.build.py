"""A member that is called as a device of Windows is."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "con.py": b"x = 1"})
