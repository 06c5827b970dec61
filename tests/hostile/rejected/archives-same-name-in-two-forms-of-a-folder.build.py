"""Two members of folders whose names differ by composition and by capitals."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "\u0419/a.py": b"x = 1", "\u0438\u0306/A.py": b"x = 2"})
