"""Folders that systems put into archives, with files in them that are none of the solution."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    left = {"__MACOSX/._solution.py": b"\0\1", "__pycache__/solution.cpython-311.pyc": b"\0", ".ipynb_checkpoints/x.py": b"\xff", ".DS_Store": b"\0"}
    return "a.zip", zipped({**left, "solution.py": HONEST})
