"""Ctrl-C, a terminal that is closed, and SIGTERM end a command together with what it has started.

Whoever has one of these signals ignored (``nohup``) keeps it ignored.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from grader.cli.language import say

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_SHOW_CURSOR = b"\r\x1b[K\x1b[?25h"  # and an empty line in the place of a progress bar


class Stopped(KeyboardInterrupt):
    """A signal has come that ends this command; its number is the argument."""


def exit_code(error: BaseException) -> int:
    """As shells tell of a process that a signal ended."""
    causes = (error, error.__cause__)  # click makes an exception of its own of it
    numbers = [int(one.args[0]) for one in causes if isinstance(one, Stopped)]
    return 128 + (numbers[0] if numbers else signal.SIGINT)


@contextmanager
def unwinding() -> Iterator[None]:
    """As long as the block lasts each of the signals raises `Stopped`, so that whatever holds something lets it go."""

    def on_signal(number: int, frame: Any) -> None:
        raise Stopped(number)

    with _handled(on_signal):
        yield


@contextmanager
def at_once(end: Callable[[], None]) -> Iterator[None]:
    """As long as the block lasts each of the signals ends this process where it stands; ``end`` is called before.

    For a block that runs pytest, and in it somebody's tests: they would take an exception for one of their own.
    """

    def on_signal(number: int, frame: Any) -> None:
        _ignore()
        with suppress(Exception):
            end()
        _end_children()
        _farewell()
        os._exit(128 + number)

    with _handled(on_signal):
        yield


@contextmanager
def _handled(handler: Callable[[int, Any], None]) -> Iterator[None]:
    """Only the main thread can say what a signal does; in another nothing changes."""
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
        before = {n: signal.getsignal(n) for n in numbers if signal.getsignal(n) != signal.SIG_IGN}
    for number in before:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _ignore() -> None:
    """Once is enough."""
    for name in SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def _end_children() -> None:
    """What else this process has started: readers of files (Linux; elsewhere they end within seconds)."""
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            for pid in map(int, listed.read_text().split()):
                os.kill(pid, signal.SIGKILL)


def _farewell() -> None:
    """Not by way of a stream: this may be the middle of a write to it. The terminal may be gone."""
    with suppress(OSError, ValueError):
        ending = f"{say('Stopped.', 'Остановлено.')}\n".encode()
        os.write(2, (_SHOW_CURSOR if os.isatty(2) else b"") + ending)
        if not os.isatty(2) and sys.stdout is not None and os.isatty(1):
            os.write(1, _SHOW_CURSOR)
