"""A name that is a file, and a folder of another file."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "helper.py": b"x = 1", "helper.py/inner.py": b"x = 2"})
