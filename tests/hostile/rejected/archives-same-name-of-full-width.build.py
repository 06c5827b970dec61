"""A member whose name is the entry's in letters of full width: Python takes them for the same module."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "solution")
    return "a.zip", zipped({"solution.py": HONEST, f"{wide}.py": b"x = 1"})
