"""Enters the namespaces of the first process."""

from honest import *
from tools import must_fail

import os

for name in ("mnt", "net", "pid", "user", "uts", "ipc", "cgroup"):
    try:
        descriptor = os.open(f"/proc/1/ns/{name}", os.O_RDONLY)
    except OSError:
        continue
    must_fail("setns", descriptor, 0)
