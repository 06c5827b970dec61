"""Reads every file that it can, looking for a word of the suite."""

import os

from honest import *
from tools import Escaped

WORD = b"".join((b"helio", b"trope"))
SKIPPED = ("/proc", "/sys", "/dev", "/usr/lib", "/usr/share", "/lib", "/opt")


def search():
    for root, folders, files in os.walk("/"):
        if root.startswith(SKIPPED):
            folders.clear()
            continue
        for name in files:
            path = os.path.join(root, name)
            try:
                with open(path, "rb") as file:
                    if WORD in file.read(1 << 20):
                        raise Escaped(path)
            except OSError:
                continue


search()
