"""A worker looks after itself: when it is ill it takes no more jobs, and checks itself with growing pauses until all is
well. Staff may send it back at once.

It falls ill of faults in which no submission took part: no sandbox, no warm parent of the judges, for three different
submissions in a row. A fault in which one took part may be that submission's doing, whatever it looks like, and makes
nobody ill; but it has the worker grade something of our own at once, and when that fails too, the worker is ill.

A fault costs its job an attempt when the job had begun and the worker was well. So a worker that is ill wears out
nothing, and a job that breaks every worker ends as broken.
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
    """May be used from many threads. ``check`` grades something of our own, and tells what is wrong, or nothing."""

    def __init__(self, check: Callable[[], str]) -> None:
        self._check = check
        self._listeners: list[Callable[[bool], None]] = []
        self._lock = threading.Condition()
        self._row: set[str] = set()  # the submissions in a row that could not be begun
        self._illness = ""
        self._spells = 0  # how often it has fallen ill
        self._checks = 0
        self._in_doubt = False  # whether to check, though nothing is known to be wrong
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
        if fault.begun:
            return self._doubt()
        with self._lock:
            self._row.add(submission_id)
            falls_ill = len(self._row) >= ROW and self._fall_ill(fault.text or fault.kind)
        if falls_ill:
            log.error("ill: %d submissions in a row could not be begun; no more jobs until a check goes well", ROW)
            self._tell(False)
        return False

    def _doubt(self) -> bool:
        """Have it checked soon; whether it was well until now."""
        with self._lock:
            self._in_doubt = True
            self._lock.notify_all()
            return not self._illness

    def _fall_ill(self, why: str) -> bool:
        """Whether it was well before."""
        if self._illness:
            return False
        self._illness = why
        self._spells += 1
        self._lock.notify_all()
        return True

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
            if trouble:
                self._still(trouble, round(time.monotonic() - began, 3))
            else:
                self._well("a check went well")

    def _next_check(self) -> bool:
        """Wait until there is a doubt, or until the worker is ill and the pause is over; whether to go on."""
        with self._lock:
            while not self._stopping:
                self._lock.wait_for(lambda: self._stopping or self._illness or self._in_doubt)
                if self._in_doubt and not self._illness:
                    self._in_doubt = False
                    return not self._stopping
                pause, spell = PAUSES[min(self._checks, len(PAUSES) - 1)], self._spells
                if not self._lock.wait_for(partial(self._is_over, spell), pause):
                    self._checks += 1
                    return True
        return False

    def _is_over(self, spell: int) -> bool:
        return self._stopping or not self._illness or self._spells != spell

    def _still(self, trouble: str, seconds: float) -> None:
        """A check failed: the worker stays ill, or falls ill now."""
        with self._lock:
            falls_ill = self._fall_ill(trouble)
            self._illness = trouble
        facts = {"seconds": seconds, "reason": trouble}
        if falls_ill:
            log.error("ill: after a fault a check failed too; no more jobs until one goes well", extra=facts)
            self._tell(False)
        else:
            log.error("still ill: a check failed", extra=facts)

    def _well(self, why: str) -> None:
        with self._lock:
            self._row.clear()
            if not self._illness:
                return
            self._illness = ""
            self._lock.notify_all()
        log.warning("back to work: %s", why)
        self._tell(True)

    def _tell(self, well: bool) -> None:
        for listener in self._listeners:
            listener(well)
