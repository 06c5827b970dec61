"""Looks for its own limits in the file system of control groups, to change them."""

import glob
import os

from honest import *
from tools import Escaped

for pattern in ("/sys/fs/cgroup/**/memory.limit_in_bytes", "/sys/fs/cgroup/**/pids.max", "/sys/fs/cgroup/**/memory.max",
                "/sys/fs/cgroup/**/release_agent", "/sys/fs/cgroup/**/cgroup.procs"):
    for path in glob.glob(pattern, recursive=True):
        if os.access(path, os.W_OK):
            raise Escaped(path)
