"""A member whose name is markup of a page."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "<script>alert(1)</script>.py": b"x = 1"})
