"""A member whose name is empty, which the fuzzer found to be no case that libraries think of."""

import io
import struct
import zipfile

from tests.hostile.attacks import HONEST


def upload():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("solution.py", HONEST)
        archive.writestr("x", b"x = 1")
    content = bytearray(packed.getvalue())
    entry = content.rindex(b"PK\x01\x02")
    struct.pack_into("<HH", content, entry + 28, 0, 1)  # no byte of name, and one of what else there is to say
    return "a.zip", bytes(content)
