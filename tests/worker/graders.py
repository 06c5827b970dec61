"""Workers without a process of their own: real judges and stores, sandboxes whose engine can be away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader.core.assignment import load
from grader.core.errors import SandboxUnavailable
from grader.core.submission import Submission as Content
from grader.harness.process import ProcessSandboxes
from grader.harness.sandbox import Sandbox
from grader.harness.zygote import Zygote
from grader.store import jobs, people, submissions
from grader.store.engine import Database
from grader.store.models import Job
from tests.harness import suites
from worker.checkup import check
from worker.grading import Grader
from worker.health import Health
from worker.settings import Settings
from worker.spares import Spares

GOOD = "def f(x): return 1"
POISON = "def f(x): return 13"  # its test ends the judge, wherever it runs
SUITE = """
import os, signal
def test_small(submission, rng):
    value = submission.f(int(rng.integers(1000)))
    if value == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    assert_equal(value, 1)
"""


class Engine(ProcessSandboxes):
    """Sandboxes of an engine that can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False

    def start(self, environment: str) -> Sandbox:
        if self.away:
            raise SandboxUnavailable("no engine answers")
        return super().start(environment)


class Workers:
    """Graders on one database, each with an engine of its own."""

    def __init__(self, database: Database, tmp_path: Path) -> None:
        self.database = database
        self.folder = suites.write(tmp_path, SUITE)
        self.assignment = load(suites.NAME, self.folder)
        self.zygote = Zygote(self.folder)
        self.made: list[Grader] = []

    def start(self) -> tuple[Grader, Engine]:
        engine = Engine()
        spares = Spares(engine, ["numpy"], 1)
        settings = Settings(
            "", sandbox="process", queues=("numpy",), assignments=self.folder, backoff=timedelta(milliseconds=1)
        )
        health = Health(lambda: check(engine, ["numpy"], self.zygote, self.folder))
        grader = Grader(settings, self.database, self.zygote, spares, health)
        spares.start()
        health.start()
        self.made.append(grader)
        return grader, engine

    def close(self) -> None:
        for grader in self.made:
            grader.health.close()
            grader.spares.close()
        self.zygote.close()

    def upload(self, code: str) -> str:
        """An upload; its job."""
        now = datetime.now(UTC)
        with self.database.writing() as session:
            user = people.by_login(session, "anna") or people.add_user(session, "anna", "Anna", password=None, now=now)
            content = Content("k.py", {"k.py": code.encode()})
            _, job = submissions.record(session, user, self.assignment, content, code.encode(), now=now)
        return job.id

    def job(self, job_id: str) -> Job:
        with self.database.reading() as session:
            return session.get_one(Job, job_id)

    def turn(self, grader: Grader) -> None:
        """What is first in line, for this worker."""
        with self.database.reading() as session:
            job_id = jobs.next_waiting(session, grader.settings.queues, datetime.now(UTC))
        if job_id is not None:
            grader.grade(job_id)
