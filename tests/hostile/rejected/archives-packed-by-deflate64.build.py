"""A member packed by Deflate64, which is not read here."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    content[content.find(b"PK\x01\x02") + 10] = 9
    content[8] = 9
    return "a.zip", bytes(content)
