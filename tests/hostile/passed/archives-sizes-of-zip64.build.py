"""A member whose sizes are told in the fields for archives over four gigabytes, as sixteen exabytes."""

import struct

from tests.hostile.attacks import HONEST, zipped


def upload():
    content = zipped({"solution.py": HONEST})
    first, end = content.find(b"PK\x01\x02"), content.find(b"PK\x05\x06")
    entry, extra = bytearray(content[first:end]), struct.pack("<HHQQ", 1, 16, (1 << 64) - 1, (1 << 64) - 1)
    struct.pack_into("<IIHH", entry, 20, 0xFFFFFFFF, 0xFFFFFFFF, len("solution.py"), len(extra))
    tail = bytearray(content[end:])
    struct.pack_into("<I", tail, 12, len(entry) + len(extra))
    return "a.zip", content[:first] + bytes(entry) + extra + bytes(tail)
