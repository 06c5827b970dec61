"""A member with an absolute path."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "/etc/cron.d/x.py": b"x = 1"})
