"""Two members whose names some file systems take for one: a sharp s, and two."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "stra\u00dfe.py": b"x = 1", "STRASSE.py": b"x = 2"})
