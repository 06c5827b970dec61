"""Writes to /tmp until there is no room, and goes on."""

import errno
import os

from honest import *
from tools import Escaped


def fill(folder, most):
    written = 0
    try:
        for number in range(100):
            with open(f"{folder}/filler-{number}", "wb") as file:
                for _ in range(32):
                    written += file.write(b"x" * (1 << 20))
                    if written > most:
                        raise Escaped(f"{written} bytes in {folder}")
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EFBIG):
            raise
    finally:
        for name in os.listdir(folder):
            if name.startswith("filler-"):
                os.unlink(f"{folder}/{name}")


fill("/tmp", 80 << 20)
