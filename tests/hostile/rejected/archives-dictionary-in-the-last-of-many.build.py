"""Forty members packed by LZMA, each with a dictionary of 40 megabytes, behind bytes that are no archive."""

import io
import struct
import zipfile

from tests.hostile.attacks import HONEST


def upload():
    packed = io.BytesIO(b"#" * 1000)
    packed.seek(1000)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("solution.py", HONEST)
        for number in range(40):
            archive.writestr(f"m{number:02}.py", "x = 1")
    content = bytearray(packed.getvalue())
    at = 1000
    while (at := content.find(b"PK\x03\x04", at)) >= 0:
        (name,) = struct.unpack_from("<H", content, at + 26)
        struct.pack_into("<I", content, at + 30 + name + 5, 40 << 20)
        at += 4
    return "a.zip", bytes(content)
