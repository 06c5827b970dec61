"""A member whose path leads upwards after it has gone down."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "a/b/../../../x.py": b"x = 1"})
