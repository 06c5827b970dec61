"""A member whose bytes are not those that were packed."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    content[60] ^= 0xFF
    return "a.zip", bytes(content)
