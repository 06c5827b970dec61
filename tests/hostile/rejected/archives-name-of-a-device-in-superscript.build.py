"""A member called as a device of Windows with a raised number, which Windows takes for the device."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "com\u00b9.py": b"x = 1"})
