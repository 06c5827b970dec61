"""What of the kernel's own file systems no sandbox sees: what is counted, cached or listed for the whole machine.

From such a number a submission could tell what an earlier one did: how much of a file is in memory, how many processes
there have been, how often huge pages were given. Of `/proc` its own processes and namespaces stay, and what is always
the same; of `/sys` nothing.
"""

from __future__ import annotations

from pathlib import Path

_COUNTERS = (
    *("buddyinfo", "cgroups", "diskstats", "interrupts", "key-users", "loadavg", "locks", "meminfo", "pagetypeinfo"),
    *("partitions", "sched_debug", "schedstat", "slabinfo", "softirqs", "stat", "swaps", "uptime", "vmallocinfo"),
    *("vmstat", "zoneinfo", "zraminfo", "latency_stats", "lockdep_stats", "lock_stat", "timer_list", "timer_stats"),
)
_OF_THE_MACHINE = (
    *("bootconfig", "cmdline", "config.gz", "consoles", "crypto", "devices", "dma", "execdomains", "fb", "iomem"),
    *("ioports", "kallsyms", "kcore", "keys", "kmsg", "kpagecgroup", "kpagecount", "kpageflags", "mdstat", "misc"),
    *("modules", "mtrr", "sysrq-trigger"),
)
_FOLDERS = (
    *("acpi", "asound", "bus", "driver", "dynamic_debug", "fs", "ide", "irq", "mpt", "pressure", "scsi", "sysvipc"),
    *("tty", "xen"),
)
_SETTINGS = (
    *("debug", "dev", "fs", "vm", "kernel/firmware_config", "kernel/keys", "kernel/pty", "kernel/random"),
    *("kernel/usermodehelper", "kernel/perf_event_max_sample_rate", "kernel/tainted"),
)
PATHS = (
    *(f"/proc/{name}" for name in (*_COUNTERS, *_OF_THE_MACHINE, *_FOLDERS)),
    *(f"/proc/sys/{name}" for name in _SETTINGS),
    "/sys",
)


def binds() -> list[str]:
    """The arguments for bwrap that cover those that this kernel has; where it has none, there is nothing to cover."""
    made = []
    for path in PATHS[:-1]:  # nothing of /sys is there
        if Path(path).is_dir():
            made += ["--tmpfs", path, "--remount-ro", path]
        elif Path(path).exists():
            made += ["--ro-bind", "/dev/null", path]
    return made
