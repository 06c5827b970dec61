"""A member whose path leads upwards."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "../../tmp/x.py": b"x = 1"})
