"""Warm spares: the next sandbox of an environment starts while the current submission is graded.

Each is used once. One that has died while it waited is noticed and thrown away. Starting is tried again with
growing pauses when the engine fails; whoever waits for a sandbox is told why there is none.
"""

from __future__ import annotations

import logging
import select
import threading
import time
from collections import deque
from collections.abc import Iterable

from grader.core.errors import SandboxUnavailable
from grader.harness.sandbox import Sandbox, Sandboxes

log = logging.getLogger("grader.spares")

_PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds after failures in a row
WAIT_SECONDS = 90.0


class Spares:
    """Keeps ``count`` spares of each environment, each environment refilled by a thread of its own."""

    def __init__(self, sandboxes: Sandboxes, environments: Iterable[str], count: int) -> None:
        self._sandboxes = sandboxes
        self._count = count
        self._ready: dict[str, deque[Sandbox]] = {environment: deque() for environment in environments}
        self._error: dict[str, str] = {}
        self._changed = threading.Condition()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._refill, args=(environment,), name=f"spares-{environment}", daemon=True)
            for environment in self._ready
        ]

    def start(self) -> None:
        """Begin to fill."""
        for thread in self._threads:
            thread.start()

    def acquire(self, environment: str, seconds: float = WAIT_SECONDS) -> Sandbox:
        """A warm sandbox, the caller's from now on. Raises SandboxUnavailable when none comes in time."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                spare = self._take(environment)
                if spare is not None:
                    return spare
                error, left = self._error.get(environment), deadline - time.monotonic()
                if error is not None or left <= 0 or self._stopping:
                    raise SandboxUnavailable(error or f"no sandbox of {environment} became ready in time")
                self._changed.wait(left)

    def counts(self) -> dict[str, int]:
        """How many spares of each environment are ready."""
        with self._changed:
            return {environment: len(ready) for environment, ready in self._ready.items()}

    def close(self) -> None:
        """Stop filling and end all spares."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=30)
        for ready in self._ready.values():
            while ready:
                ready.popleft().close()

    def _take(self, environment: str) -> Sandbox | None:
        """The oldest living spare; the lock is held."""
        ready = self._ready[environment]
        while ready:
            spare = ready.popleft()
            self._changed.notify_all()
            if not _has_spoken(spare):
                return spare
            log.warning("a spare sandbox died while it waited", extra={"environment": environment})
            threading.Thread(target=spare.close, daemon=True).start()
        return None

    def _refill(self, environment: str) -> None:
        failures = 0
        while self._wait_for_need(environment):
            try:
                spare = self._sandboxes.start(environment)
            except Exception as error:  # whatever an engine does, the thread that refills must live
                pause = _PAUSES[min(failures, len(_PAUSES) - 1)]
                failures += 1
                log.error("no sandbox could be started: %s", error, extra={"environment": environment})
                self._tell(environment, str(error), None)
                self._pause(pause)
            else:
                failures = 0
                self._tell(environment, None, spare)

    def _wait_for_need(self, environment: str) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or len(self._ready[environment]) < self._count)
            return not self._stopping

    def _tell(self, environment: str, error: str | None, spare: Sandbox | None) -> None:
        with self._changed:
            if error is None:
                self._error.pop(environment, None)
            else:
                self._error[environment] = error
            if spare is not None:
                self._ready[environment].append(spare)
            self._changed.notify_all()

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, seconds)


def _has_spoken(spare: Sandbox) -> bool:
    """A spare that waits says nothing; one whose connection can be read has ended."""
    return bool(select.select([spare.wire], [], [], 0)[0])
