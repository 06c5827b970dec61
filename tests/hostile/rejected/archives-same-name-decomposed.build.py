"""Two members whose names differ by a letter that is composed in one and decomposed in the other."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "caf\u00e9.py": b"x = 1", "cafe\u0301.py": b"x = 2"})
