"""A member whose name begins with a dot."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, ".htaccess": b"x = 1"})
