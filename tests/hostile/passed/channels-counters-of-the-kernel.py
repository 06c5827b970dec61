"""Reads what the kernel counts for the whole machine: what an earlier submission did could be told from it."""

import ctypes
import os

from honest import *
from tools import Escaped, must_fail

OWN = {"self", "thread-self", "net", "mounts"}  # of this process and its namespaces
FIXED = {"cpuinfo", "filesystems", "version"}  # the same all the time
SETTINGS = ("fs", "vm", "dev", "kernel/random", "kernel/pty", "kernel/keys")


def readable(path):
    """Whether there is something to read."""
    try:
        with open(path, "rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def files(place):
    return [os.path.join(root, name) for root, _, names in os.walk(place) for name in names]


names = [name for name in os.listdir("/proc") if not name.isdigit() and name not in OWN | FIXED | {"sys"}]
paths = [path for name in names for path in (f"/proc/{name}", *files(f"/proc/{name}"))]
paths += [path for name in SETTINGS for path in files(f"/proc/sys/{name}")]
paths += ["/proc/sys/kernel/perf_event_max_sample_rate", "/proc/sys/kernel/tainted", *files("/sys")]
if found := [path for path in paths if readable(path)]:
    raise Escaped(f"{len(found)}: {found[:20]}")
must_fail("sysinfo", ctypes.create_string_buffer(256))
