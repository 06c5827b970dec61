"""A member packed by Zstandard, which is not read here."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    content[content.find(b"PK\x01\x02") + 10] = 93
    content[8] = 93
    return "a.zip", bytes(content)
