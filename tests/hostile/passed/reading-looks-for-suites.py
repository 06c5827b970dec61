"""Looks for files that are called as suites, references or mutants are."""

import os

from honest import *
from tools import Escaped

WORDS = ("hidden/", "mutants.toml", "test_target", "accepted", "seccomp.json", "course.toml", "grader.db")


def search():
    for root, folders, files in os.walk("/"):
        if root.startswith(("/proc", "/sys")):
            folders.clear()
            continue
        if "site-packages/" in root or "dist-packages/" in root or "/lib/python" in root or root.startswith("/srv/site"):
            continue
        found = [name for name in [*folders, *files] if any(word in name for word in WORDS)]
        if found:
            raise Escaped(f"{root}: {found}")


search()
