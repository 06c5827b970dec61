"""Writes to the kernel's settings: core_pattern, sysrq, modprobe, the mounts of proc and sys."""

from honest import *
from tools import Escaped

for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/sys/kernel/modprobe", "/proc/sys/vm/drop_caches",
             "/proc/sys/kernel/hostname", "/sys/kernel/uevent_helper", "/proc/sys/fs/binfmt_misc/register",
             "/sys/kernel/mm/transparent_hugepage/enabled", "/proc/1/oom_score_adj", "/proc/sys/net/ipv4/ip_forward"):
    try:
        with open(path, "r+b", 0) as file:
            file.write(b"")
    except OSError:
        continue
    raise Escaped(path)
