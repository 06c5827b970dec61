"""Signals to another submission by locks on files that both can see."""

import fcntl
import os
import sys

from honest import *
from tools import Escaped

paths = [os.path.realpath(sys.executable), os.__file__, "/run/grader/agent.sock", "/etc/passwd", "/tmp"]
for path in paths:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        continue
    for lock in (
        lambda: fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB),
        lambda: fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB),
        lambda: fcntl.fcntl(descriptor, 1024, fcntl.F_RDLCK),
        lambda: fcntl.fcntl(descriptor, 1026, 1),
    ):
        try:
            lock()
        except OSError:
            continue
        raise Escaped(path)
    os.close(descriptor)
