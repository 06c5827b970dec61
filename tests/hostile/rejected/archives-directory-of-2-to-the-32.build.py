"""An archive whose directory is said to be four gigabytes long."""

import struct

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = bytearray(zipped({"solution.py": HONEST}))
    struct.pack_into("<IHI", content, len(content) - 10, 0xFFFFFFFE, 0xFFFF, 0xFFFFFFFE & 0xFFFF)
    return "a.zip", bytes(content)
