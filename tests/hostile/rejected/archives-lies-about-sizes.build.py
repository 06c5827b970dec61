"""A bomb whose directory says that it is ten bytes long."""

import struct

from tests.hostile.attacks import zipped


def upload():
    content = zipped({"solution.py": b"#" * 30_000_000})
    return "a.zip", content.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 10))
