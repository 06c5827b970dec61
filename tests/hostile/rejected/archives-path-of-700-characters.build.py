"""A path of eight long names: more than the database keeps."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "/".join(["a" * 97] * 7 + ["b.py"]): b"x = 1"})
