"""A member packed by LZMA that asks for a dictionary of a gigabyte before a byte is unpacked."""

import io
import struct
import zipfile

from tests.hostile.attacks import HONEST


def upload():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("solution.py", HONEST)
    content = bytearray(packed.getvalue())
    struct.pack_into("<I", content, 30 + len("solution.py") + 5, 1 << 30)
    return "a.zip", bytes(content)
