"""A worker looks after itself: after three different submissions in a row that failed for reasons of its own it is
ill, takes no more jobs, and checks itself with growing pauses until all is well. Staff may send it back at once.

Which of those faults cost their jobs an attempt is decided here too. The first of a row does: that submission may
be what broke the worker. One that fails again in the same row does. The others do not: a worker that is ill wears
out nothing. Each row counts at least one attempt of a job that had begun, so one that breaks every worker ends as
broken nevertheless.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from worker.faults import Fault

log = logging.getLogger("grader.worker")

ROW = 3
PAUSES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0)  # seconds before checks; from the start again after a good grading


class Health:
    """May be used from many threads. ``check`` tells what is wrong, or nothing."""

    def __init__(self, check: Callable[[], str]) -> None:
        self._check = check
        self._listeners: list[Callable[[bool], None]] = []
        self._lock = threading.Condition()
        self._row: dict[str, int] = {}  # the submissions that failed in a row, and how often after they had begun
        self._illness = ""
        self._spells = 0  # how often it has fallen ill
        self._checks = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._recover, name="health", daemon=True)

    @property
    def illness(self) -> str:
        """Why this worker takes no jobs; empty while it is well."""
        return self._illness

    def start(self) -> None:
        self._thread.start()

    def listen(self, listener: Callable[[bool], None]) -> None:
        """Have it called with whether the worker is well, at each change."""
        self._listeners.append(listener)

    def graded(self) -> None:
        """A grading ended well: whatever failed before was not the worker."""
        with self._lock:
            self._row.clear()
            if not self._illness:
                self._checks = 0

    def failed(self, submission_id: str, fault: Fault) -> bool:
        """A grading ended with a fault; whether it counts as an attempt of the job."""
        if not fault.own:
            return fault.begun
        with self._lock:
            begun_before = {other for other, times in self._row.items() if times}
            suspect = bool(begun_before) and submission_id not in begun_before
            self._row[submission_id] = self._row.get(submission_id, 0) + fault.begun
            falls_ill = len(self._row) >= ROW and not self._illness
            if falls_ill:
                self._illness = fault.text or fault.kind
                self._spells += 1
                self._lock.notify_all()
        if falls_ill:
            log.error("ill: %d submissions in a row failed; no more jobs until a check goes well", ROW)
            self._tell(False)
        return fault.begun and not suspect

    def send_back(self) -> None:
        """Staff say that it is well."""
        self._well("sent back by staff")

    def close(self) -> None:
        with self._lock:
            self._stopping = True
            self._lock.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout=5)  # a check may take longer, and nobody needs its answer now

    def _recover(self) -> None:
        while self._next_check():
            began = time.monotonic()
            trouble = self._check()
            if not trouble:
                self._well("a check went well")
            else:
                seconds = round(time.monotonic() - began, 3)
                log.error("still ill: a check failed", extra={"seconds": seconds, "reason": trouble})
                self._still(trouble)

    def _next_check(self) -> bool:
        """Wait until the worker is ill and the pause is over; whether to go on."""
        with self._lock:
            while not self._stopping:
                self._lock.wait_for(lambda: self._stopping or self._illness)
                pause, spell = PAUSES[min(self._checks, len(PAUSES) - 1)], self._spells
                if not self._lock.wait_for(partial(self._is_over, spell), pause):
                    self._checks += 1
                    return True
        return False

    def _is_over(self, spell: int) -> bool:
        return self._stopping or not self._illness or self._spells != spell

    def _still(self, trouble: str) -> None:
        with self._lock:
            if self._illness:
                self._illness = trouble

    def _well(self, why: str) -> None:
        with self._lock:
            if not self._illness:
                return
            self._illness = ""
            self._row.clear()
            self._lock.notify_all()
        log.warning("back to work: %s", why)
        self._tell(True)

    def _tell(self, well: bool) -> None:
        for listener in self._listeners:
            listener(well)
