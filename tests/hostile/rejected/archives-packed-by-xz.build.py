"""A member packed by XZ, which is not read here."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    content[content.find(b"PK\x01\x02") + 10] = 95
    content[8] = 95
    return "a.zip", bytes(content)
