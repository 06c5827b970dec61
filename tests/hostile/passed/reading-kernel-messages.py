"""Reads the kernel's messages and its table of symbols."""

from honest import *
from tools import Escaped, must_fail

must_fail("syslog", 3, None, 0)
for path in ("/dev/kmsg", "/proc/kmsg", "/proc/kcore"):
    try:
        with open(path, "rb") as file:
            if file.read(100):
                raise Escaped(path)
    except OSError:
        continue
try:
    with open("/proc/kallsyms") as file:
        if any(int(line.split()[0], 16) for line, _ in zip(file, range(100))):
            raise Escaped("addresses of the kernel")
except OSError:
    pass
