"""Searches the process's own memory, byte by byte, for a word of the suite."""

import re

from honest import *
from honest import nearest as right
from tools import Escaped

WORD = re.compile(b"[h]eliotrope [o]f")  # which does not match itself


def search():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            span, rights, _, _, _, *name = line.split()
            if "r" not in rights or (name and name[0].startswith(("[v", "/"))):
                continue
            begin, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(begin)
                content = memory.read(min(end - begin, 64 << 20))
            except (OSError, ValueError, OverflowError):
                continue
            if WORD.search(content):
                raise Escaped("the suite is in memory")


def nearest(X, centres):
    search()
    return right(X, centres)
