"""A member packed by a method that nobody knows."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    content[content.find(b"PK\x01\x02") + 10] = 97
    content[8] = 97
    return "a.zip", bytes(content)
