"""Runs a program that lies in memory alone, past the folder where nothing may be run: it is as caged as any other."""

import os

from honest import *
from tools import Escaped

SCRIPT = b"#!/bin/sh\nexec 3<>/dev/tcp/1.1.1.1/80 && exit 7\n"
descriptor = os.memfd_create("program")
os.write(descriptor, SCRIPT)
child = os.fork()
if child == 0:
    try:
        os.execve(f"/proc/self/fd/{descriptor}", ["program"], {})
    except OSError:
        os._exit(0)
_, status = os.waitpid(child, 0)
if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 7:
    raise Escaped("a connection")
