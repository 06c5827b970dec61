"""Children that end with whoever started them, however that ends: the kernel sees to it (Linux; elsewhere nothing)."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_LIBC = None
with suppress(OSError, TypeError):  # loaded here, since a child that is only forked must not load anything
    _LIBC = ctypes.CDLL(None)  # no such thing on Windows


def die_with_parent() -> None:
    """Called in the child: when the thread that forked it has ended, so will it."""
    with suppress(OSError, AttributeError):
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # type: ignore[union-attr]


def tied() -> Callable[[], None] | None:
    """What `Popen` calls in a child that shall end with this process; nothing where only a thread of it would count."""
    if not hasattr(_LIBC, "prctl") or threading.current_thread() is not threading.main_thread():
        return None
    return die_with_parent
