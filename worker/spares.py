"""Warm spares: the next sandboxes of an environment start while the current submissions are graded.

Each is used once. One that dies while it waits is noticed and replaced. Starting is tried again with growing
pauses when the engine fails; who waits for a sandbox meanwhile gets it as soon as there is one, or is told in
the end why there is none. What ended workers left behind is removed now and then.
"""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from grader.core.errors import SandboxUnavailable
from grader.harness.sandbox import Sandbox, Sandboxes

log = logging.getLogger("grader.spares")

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)  # seconds after failures in a row
WAIT_SECONDS = 90.0
LOOK_SECONDS = 5.0  # between looks at whether the spares still live
REAP_SECONDS = 60.0


@dataclass
class _Shelf:
    """One environment's spares. The lock of `Spares` guards it."""

    ready: deque[Sandbox] = field(default_factory=deque)
    starting: int = 0
    waiting: int = 0
    failures: int = 0
    error: str = ""

    def wants(self, count: int) -> bool:
        return len(self.ready) + self.starting < max(count, self.waiting)


class Spares:
    """Keeps ``count`` spares of each environment. May be used from many threads."""

    def __init__(self, sandboxes: Sandboxes, environments: Iterable[str], count: int) -> None:
        self._sandboxes = sandboxes
        self._count = count
        self._shelves = {environment: _Shelf() for environment in environments}
        self._changed = threading.Condition()
        self._stopping = False
        at_once = min(count, os.cpu_count() or 1)
        self._threads = [
            threading.Thread(target=self._refill, args=(environment,), name=f"spares-{environment}-{n}", daemon=True)
            for environment in self._shelves
            for n in range(at_once)
        ]
        self._threads.append(threading.Thread(target=self._keep, name="spares-keeper", daemon=True))

    def start(self) -> None:
        """Begin to fill."""
        for thread in self._threads:
            thread.start()

    def acquire(self, environment: str, seconds: float | None = None) -> Sandbox:
        """A warm sandbox, the caller's from now on. Raises SandboxUnavailable when none comes in time."""
        seconds = WAIT_SECONDS if seconds is None else seconds
        shelf = self._shelves.get(environment)
        if shelf is None:
            raise SandboxUnavailable(f"this worker has no sandboxes of {environment!r}: look at GRADER_QUEUES")
        with self._changed:
            shelf.waiting += 1
            self._changed.notify_all()
            try:
                self._changed.wait_for(lambda: self._stopping or self._first_living(shelf), seconds)
                if self._stopping or not shelf.ready:
                    raise SandboxUnavailable(shelf.error or f"no sandbox of {environment} became ready in time")
                return shelf.ready.popleft()
            finally:
                shelf.waiting -= 1
                self._changed.notify_all()

    def counts(self) -> dict[str, int]:
        """How many spares of each environment are ready."""
        with self._changed:
            return {environment: len(shelf.ready) for environment, shelf in self._shelves.items()}

    def close(self) -> None:
        """Stop filling and end all spares; one that becomes ready later is ended by the thread that started it."""
        with self._changed:
            self._stopping = True
            spares = [spare for shelf in self._shelves.values() for spare in shelf.ready]
            for shelf in self._shelves.values():
                shelf.ready.clear()
            self._changed.notify_all()
        for spare in spares:
            _close(spare)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=30)

    def _first_living(self, shelf: _Shelf) -> bool:
        """Whether a spare is ready, after throwing away those that have died; the lock is held."""
        while shelf.ready and _has_ended(shelf.ready[0]):
            self._throw_away(shelf.ready.popleft())
        return bool(shelf.ready)

    def _throw_away(self, spare: Sandbox) -> None:
        log.warning("a spare sandbox died while it waited")
        threading.Thread(target=_close, args=(spare,), name="spares-teardown", daemon=True).start()
        self._changed.notify_all()

    # -- threads -----------------------------------------------------------------------------------------

    def _refill(self, environment: str) -> None:
        shelf = self._shelves[environment]
        while self._reserve(shelf):
            try:
                spare: Sandbox | None = self._sandboxes.start(environment)
                error = ""
            except Exception as failure:  # whatever an engine does, the thread that refills must live
                spare, error = None, str(failure) or type(failure).__name__
                log.error("no sandbox could be started: %s", error, extra={"environment": environment})
            self._put(shelf, spare, error)

    def _reserve(self, shelf: _Shelf) -> bool:
        """Wait until one more is wanted, and longer after failures; whether to go on."""
        with self._changed:
            if shelf.failures:
                pause = PAUSES[min(shelf.failures, len(PAUSES)) - 1]
                self._changed.wait_for(lambda: self._stopping, pause)
            self._changed.wait_for(lambda: self._stopping or shelf.wants(self._count))
            shelf.starting += 1
            return not self._stopping

    def _put(self, shelf: _Shelf, spare: Sandbox | None, error: str) -> None:
        with self._changed:
            shelf.starting -= 1
            shelf.error = error
            shelf.failures = shelf.failures + 1 if error else 0
            if spare is not None and not self._stopping:
                shelf.ready.append(spare)
                spare = None
            self._changed.notify_all()
        if spare is not None:
            _close(spare)

    def _keep(self) -> None:
        """Look after the spares that wait, and after what ended workers left."""
        reaped_at = time.monotonic()
        while not self._pause(LOOK_SECONDS):
            with self._changed:
                for shelf in self._shelves.values():
                    self._sort_out(shelf)
            if time.monotonic() - reaped_at > REAP_SECONDS:
                reaped_at = time.monotonic()
                _quietly(self._sandboxes.reap)

    def _sort_out(self, shelf: _Shelf) -> None:
        for spare in [spare for spare in shelf.ready if _has_ended(spare)]:
            shelf.ready.remove(spare)
            self._throw_away(spare)

    def _pause(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._stopping, seconds)


def _has_ended(spare: Sandbox) -> bool:
    """A spare that waits says nothing; one whose wire can be read has ended."""
    poll = select.poll()
    poll.register(spare.wire, select.POLLIN)
    return bool(poll.poll(0))


def _close(spare: Sandbox) -> None:
    _quietly(spare.close)


def _quietly(action: Callable[[], object]) -> None:
    """What an engine answers to tidying up must not end the thread that asked."""
    try:
        action()
    except Exception as error:
        log.error("tidying up failed: %s", error)
