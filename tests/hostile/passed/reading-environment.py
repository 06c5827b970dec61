"""Reads the environment of every process that it can see, for addresses and secrets."""

import os
from pathlib import Path

from honest import *
from tools import Escaped

WORDS = (b"GRADER_", b"SECRET", b"PASSWORD", b"DATABASE", b"postgresql://", b"redis", b"TOKEN")


def search():
    places = [Path("/proc") / name / "environ" for name in os.listdir("/proc") if name.isdigit()]
    for place in places:
        try:
            content = place.read_bytes()
        except OSError:
            continue
        for word in WORDS:
            if word in content:
                raise Escaped(f"{place}: {word!r}")


search()
