"""What a judge gives up for good: the network, and every socket but those that it was handed.

A judge computes with what submissions give, and runs as its worker's user, who can reach a database and an engine. It
needs neither: its sandboxes come to it as open connections. So the kernel refuses it to make a connection, before any
suite has run. Linux with libseccomp, as on every server; elsewhere nothing is given up.
"""

from __future__ import annotations

import errno

CALLS = ("connect", "bind", "listen", "accept", "accept4", "io_uring_setup", "ptrace", "process_vm_readv")


def without_network() -> bool:
    """Refuse these calls to this process and all that it forks, for good; whether that was possible."""
    try:
        import pyseccomp as seccomp

        refused = seccomp.ERRNO(errno.EPERM)
        rules = seccomp.SyscallFilter(seccomp.ALLOW)
        for call in CALLS:
            rules.add_rule(refused, call)
        rules.load()
    except (ImportError, OSError, RuntimeError, AttributeError):  # no library, no kernel that can, another system
        return False
    return True
