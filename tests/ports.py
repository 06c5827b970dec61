"""Ports for servers that tests start."""

from __future__ import annotations

import socket


def free_port() -> int:
    """One that nobody has now. The system gives another one each time, so tests beside each other do not meet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
