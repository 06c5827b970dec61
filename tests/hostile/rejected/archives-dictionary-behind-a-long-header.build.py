"""A member packed by LZMA whose properties are said to be longer than they can be, so that the dictionary is elsewhere."""

import io
import struct
import zipfile

from tests.hostile.attacks import HONEST


def upload():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("solution.py", HONEST)
    content = bytearray(packed.getvalue())
    struct.pack_into("<H", content, 30 + len("solution.py") + 2, 9)
    return "a.zip", bytes(content)
