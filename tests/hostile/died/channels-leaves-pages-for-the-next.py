"""Leaves one file in the page cache and drops another, ends, and looks for both in the sandbox that replaces this one."""

import os

from honest import *

FOLDER = os.path.dirname(os.__file__)
LEFT, DROPPED = (os.path.join(FOLDER, name) for name in ("imaplib.py", "nntplib.py"))


def is_there(path):
    """Whether its first page is in memory, without waiting for it; None where nobody tells."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.preadv(descriptor, [bytearray(1)], 0, os.RWF_NOWAIT) == 1
    except BlockingIOError:
        return False
    except OSError:
        return None


if is_there(LEFT) and is_there(DROPPED) is False:
    raise RuntimeError("left by an earlier sandbox")


def nearest(X, centres):
    with open(LEFT, "rb") as file:
        file.read()
    descriptor = os.open(DROPPED, os.O_RDONLY)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os._exit(0)
