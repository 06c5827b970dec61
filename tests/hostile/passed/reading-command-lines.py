"""Reads the command line of every process that it can see, for paths of the host."""

import os
from pathlib import Path

from honest import *
from tools import Escaped


def search():
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            content = (Path("/proc") / name / "cmdline").read_bytes()
        except OSError:
            continue
        if b"assignments" in content or b"worker" in content or b"gunicorn" in content:
            raise Escaped(content.decode(errors="replace"))


search()
