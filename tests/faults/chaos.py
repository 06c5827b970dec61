"""``make chaos``: many uploads, and something killed, stopped, restarted or emptied every few seconds meanwhile.

In the end each upload that was acknowledged has exactly one result, with the verdicts that its solution must get, or is
broken and in staff's list. Nothing else is asked; nothing less will do.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
from redis import Redis as Client
from sqlalchemy import select

from grader.store.models import Job, Result, Submission
from tests.faults.solutions import KINDS, kind_of, numbered
from tests.faults.system import System, kill, verdicts
from tests.services import Redis, restart_postgres

STUDENTS = 200
MIXTURE = {
    "right": 60,
    "wrong": 15,
    "raises": 10,
    "leaves": 4,
    "kills itself": 4,
    "not imported": 4,
    "endless": 2,
    "slow": 1,
}
PAUSE_SECONDS = (2.0, 4.0)  # between two faults
UPLOADERS = 4
UPLOADS_A_SECOND = 6.0
QUIET_SECONDS = 1800.0  # until all is graded, once nothing is broken; only what would never end takes so long


@dataclass
class Report:
    """What was done, and what came of it. ``violations`` says what may not be."""

    acknowledged: int = 0
    refused: int = 0
    graded: int = 0
    broken: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            f"{self.acknowledged} uploads acknowledged, {self.refused} not; {self.graded} graded, {self.broken} broken",
            *(f"{count:4}  {what}" for what, count in sorted(self.faults.items())),
            f"{self.faults.total():4}  faults in all, {len(self.violations)} violations",
            *self.violations,
        ]


class Chaos:
    """A system under faults; the same ``seed`` draws the same ones."""

    def __init__(self, system: System, redis: Redis, postgres: str, seed: int) -> None:
        self.system, self.redis, self.postgres = system, redis, postgres
        self.chance = random.Random(seed)
        self.acknowledged: dict[str, str] = {}
        self.report = Report()
        self._over = threading.Event()
        self._began = time.monotonic()

    def run(self, jobs: int) -> Report:
        for number in range(STUDENTS):
            self.system.token(f"s{number}")
        self._began = time.monotonic()
        breaker = threading.Thread(target=self._break)
        breaker.start()
        kinds = self.chance.choices(list(MIXTURE), list(MIXTURE.values()), k=jobs)
        with ThreadPoolExecutor(UPLOADERS) as uploaders:
            list(uploaders.map(self._upload, range(jobs), kinds))
        self._over.set()
        breaker.join()
        self._wait()
        self._check()
        return self.report

    # -- uploads -----------------------------------------------------------------------------------------

    def _upload(self, number: int, kind: str) -> None:
        """As a student does: again until it is acknowledged. An answer that was lost on the way is none."""
        time.sleep(max(0.0, self._began + number / UPLOADS_A_SECOND - time.monotonic()))
        content = numbered(kind, number)
        while True:
            try:
                answer = self.system.post(content, f"s{number % STUDENTS}")
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code == 201:
                self.acknowledged[answer.json()["id"]] = kind
                return
            assert answer is None or answer.status_code != 400, answer.text  # asking again would not help
            self.report.refused += 1
            time.sleep(0.5)

    # -- faults ------------------------------------------------------------------------------------------

    def _break(self) -> None:
        """One fault after the other; each ends by repairing what it broke, as a supervisor would."""
        faults = self._faults()
        while not self._over.wait(self.chance.uniform(*PAUSE_SECONDS)):
            name = self.chance.choice(list(faults))
            faults[name]()
            self.report.faults[name] += 1

    def _faults(self) -> dict[str, Callable[[], Any]]:
        return {
            "worker killed": lambda: self._restart(self._worker()),
            "worker stopped past its lease": self._stop_worker,
            "sandbox killed": self._kill_sandbox,
            "judge killed": lambda: kill(self._some(self.system.judges())),
            "warm parent killed": lambda: kill(self._some(self.system.parents_of_judges())),
            "sweeper killed": lambda: self._restart("sweeper"),
            "web killed": lambda: self._restart("web"),
            "Redis killed": self._restart_redis,
            "Redis emptied": lambda: Client(unix_socket_path=str(self.redis.socket)).flushall(),
            "PostgreSQL restarted": lambda: restart_postgres(self.postgres),
        }

    def _worker(self) -> str:
        return self.chance.choice([name for name in self.system.parts if name.startswith("worker")])

    def _some(self, found: list[int]) -> list[int]:
        return [self.chance.choice(found)] if found else []

    def _restart(self, name: str) -> None:
        self.system.parts[name].kill()
        time.sleep(self.chance.uniform(0, 1.5))
        self.system.parts[name].start()

    def _stop_worker(self) -> None:
        part = self.system.parts[self._worker()]
        part.stop()
        time.sleep(6)
        part.go_on()

    def _kill_sandbox(self) -> None:
        inside = list(self.system.sandboxes().values())
        if inside:
            kill([self.chance.choice(self.chance.choice(inside))])

    def _restart_redis(self) -> None:
        self.redis.kill()
        time.sleep(self.chance.uniform(0, 2))
        self.redis.start()

    # -- the end -----------------------------------------------------------------------------------------

    def _wait(self) -> None:
        """Until nothing waits or runs any more."""
        unfinished = select(Job.id).where(Job.state.in_(("queued", "running"))).limit(1)

        def quiet() -> bool:
            with self.system.database.reading() as session:
                return session.scalar(unfinished) is None

        self.system.until(quiet, "all is graded", QUIET_SECONDS, pause=0.5)

    def _check(self) -> None:
        with self.system.database.reading() as session:
            results: dict[str, list[tuple[str, ...]]] = {}
            for result in session.scalars(select(Result)):
                results.setdefault(result.submission_id, []).append(verdicts(result))
            states = {job.submission_id: job.state for job in session.scalars(select(Job))}
            stored = set(session.scalars(select(Submission.id)))
        shown = set(self.system.broken())
        self.report.acknowledged = len(self.acknowledged)
        self.report.graded = sum(state == "graded" for state in states.values())
        self.report.broken = len(shown)
        for submission, text in self._violations(results, states, stored, shown):
            self.report.violations.append(f"{submission} {text}\n{self.system.history(submission)}")

    def _violations(
        self, results: dict[str, list[tuple[str, ...]]], states: dict[str, str], stored: set[str], shown: set[str]
    ) -> Iterator[tuple[str, str]]:
        for submission in stored:
            kind = self.acknowledged.get(submission) or self._kind(submission)
            found, state = results.get(submission, []), states.get(submission, "without a job")
            if state == "graded" and found != [KINDS[kind].verdicts]:
                yield submission, f"({kind}) has the results {found}"
            if state == "broken" and (found or submission not in shown):
                yield submission, f"({kind}) is broken, and has {found}"
            if state not in ("graded", "broken"):
                yield submission, f"({kind}) is {state}"
        yield from ((submission, "was acknowledged and is lost") for submission in self.acknowledged.keys() - stored)

    def _kind(self, submission: str) -> str:
        """Of one that was stored, and whose acknowledgement did not arrive."""
        from grader.store import submissions

        with self.system.database.reading() as session:
            content = submissions.content_of(session, submission)
        return kind_of(content.files[content.entry])
