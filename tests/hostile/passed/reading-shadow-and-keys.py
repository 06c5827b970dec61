"""Reads what only root may read, and what users keep in their homes."""

import glob

from honest import *
from tools import Escaped

for pattern in ("/etc/shadow", "/root/*", "/root/.*", "/home/*/.ssh/*", "/var/run/secrets/*", "/run/secrets/*", "/secrets/*"):
    for path in glob.glob(pattern):
        try:
            with open(path, "rb") as file:
                raise Escaped(f"{path}: {file.read(20)!r}")
        except OSError:
            continue
