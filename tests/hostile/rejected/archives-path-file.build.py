"""A member that changes where modules are found."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "evil.pth": b"x = 1"})
