"""A member packed by Implode, which is not read here."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    content[content.find(b"PK\x01\x02") + 10] = 6
    content[8] = 6
    return "a.zip", bytes(content)
