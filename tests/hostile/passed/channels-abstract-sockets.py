"""Listens at and connects to names that are no files, which would be shared by all on one network."""

import socket

from honest import *
from tools import Escaped

with open("/proc/net/unix") as table:
    names = [line.split()[-1] for line in table if "@" in line]
if names:
    raise Escaped(f"{names}")
for name in (b"\0/tmp/.X11-unix/X0", b"\0/containerd-shim", b"\0/com/ubuntu/upstart"):
    with socket.socket(socket.AF_UNIX) as stream:
        try:
            stream.connect(name)
        except OSError:
            continue
        raise Escaped(f"{name}")
