"""A worker notes itself in the table of workers every few seconds, at once when its health changes, and hears there
that staff send it back to work. A database that is away is for others to complain of; it is tried again.
"""

from __future__ import annotations

import logging
import socket
import threading
from datetime import datetime

from grader.store import workers
from grader.store.workers import ILL, READY, STOPPING, Note
from worker.grading import Grader, now

log = logging.getLogger("grader.worker")

SECONDS = 5.0


class Presence:
    """The thread that notes."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader
        self._since = now()
        self._sent_back: datetime | None = None
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def changed(self) -> None:
        """Note at once."""
        self._wake.set()

    def close(self) -> None:
        """Leave the table, if it can be reached."""
        self._ended = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)
        try:
            with self._grader.database.writing() as session:
                workers.leave(session, self._grader.owner)
        except Exception as error:
            log.warning("this worker could not leave the table: %s", type(error).__name__)

    def _run(self) -> None:
        trouble = ""
        while not self._ended:
            self._wake.clear()
            try:
                self._note()
                trouble = ""
            except Exception as error:
                if type(error).__name__ != trouble:
                    trouble = type(error).__name__
                    log.warning("this worker could not note itself: %s", trouble)
            self._wake.wait(SECONDS)

    def _note(self) -> None:
        said = self._said()
        with self._grader.database.writing() as session:
            sent_back = workers.note(session, said, now())
        if sent_back != self._sent_back:  # clocks may differ: that it is another moment is all that counts
            self._sent_back = sent_back
            self._grader.health.send_back()

    def _said(self) -> Note:
        grader = self._grader
        return Note(
            id=grader.owner,
            host=socket.gethostname(),
            queues=grader.settings.queues,
            sandbox=grader.settings.sandbox,
            since=self._since,
            state=state_of(grader),
            reason=grader.health.illness,
            spares=grader.spares.counts(),
        )


def state_of(grader: Grader) -> str:
    """What this worker says of itself."""
    if grader.stopping.is_set():
        return STOPPING
    return ILL if grader.health.illness else READY
