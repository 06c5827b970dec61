"""A hundred members that share the same compressed bytes."""

import struct

from tests.hostile.attacks import zipped


def upload():
    content = bytearray(zipped({f"m{number:02}.py": b"#" * 900_000 for number in range(60)}))
    first = content.find(b"PK\x01\x02")
    at = first
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", content, at + 42, 0)  # every entry of the directory points to the first member
        at += 4
    return "a.zip", bytes(content)
