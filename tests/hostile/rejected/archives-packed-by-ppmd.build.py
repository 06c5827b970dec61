"""A member packed by PPMd, which is not read here."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    content[content.find(b"PK\x01\x02") + 10] = 98
    content[8] = 98
    return "a.zip", bytes(content)
