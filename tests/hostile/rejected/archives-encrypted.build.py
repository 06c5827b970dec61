"""A member that says it is encrypted."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    content[6] |= 1
    return "a.zip", bytes(content)
