"""A directory of 90,000 members, all of them the same bytes: reading it takes memory before anything is counted."""

import struct

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = zipped({"s.py": HONEST})
    first, end = content.find(b"PK\x01\x02"), content.find(b"PK\x05\x06")
    entry = content[first:end]
    tail = bytearray(content[end:])
    struct.pack_into("<HHI", tail, 8, 0xFFFF, 0xFFFF, len(entry) * 90_000)
    return "a.zip", content[:first] + entry * 90_000 + bytes(tail)
