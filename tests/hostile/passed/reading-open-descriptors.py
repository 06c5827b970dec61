"""Looks at every descriptor that was left open, and reads what is none of its own."""

import os
import stat

from honest import *
from tools import Escaped


def search():
    for number in range(3, 256):
        try:
            status = os.fstat(number)
        except OSError:
            continue
        target = os.readlink(f"/proc/self/fd/{number}")
        if stat.S_ISREG(status.st_mode) and not target.startswith(("/usr", "/lib", "/srv", "/tmp", "/opt", "/memfd")):
            raise Escaped(target)
        if stat.S_ISDIR(status.st_mode) and not target.startswith("/tmp"):
            raise Escaped(target)


search()
