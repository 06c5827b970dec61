"""Faults with the real processes: worker, sweeper, Redis, judges, sandboxes. Nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from grader.core.assignment import load
from grader.core.submission import Submission as Content
from grader.core.tasks import RING
from grader.store import people, submissions
from grader.store.engine import Database
from grader.store.models import Job, Result
from worker.app import make_app, ring

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = load("clustering/kmeans", ROOT / "assignments")
RIGHT = sorted((ASSIGNMENT.folder / "accepted").glob("*.py"))[0].read_bytes()
SLOW = b"import time\n" + RIGHT.replace(b"    points, centers", b"    time.sleep(0.3)\n    points, centers", 1)

pytestmark = pytest.mark.bubblewrap


class System:
    """A worker and a sweeper on a database, over a Redis or without one."""

    def __init__(self, database: Database, broker: str | None, log: Path) -> None:
        self.database = database
        self.broker = broker
        self.log = log
        self.variables = {
            **os.environ,
            "GRADER_DATABASE": database.engine.url.render_as_string(hide_password=False),
            "GRADER_SANDBOX": "bubblewrap",
            "GRADER_QUEUES": "numpy",
            "GRADER_LEASE_SECONDS": "4",
            "PYTHONPATH": str(ROOT),
            **({"GRADER_BROKER": broker} if broker else {}),
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("worker", "sweeper"):
            self.start(name)

    def start(self, name: str) -> None:
        module = {"worker": "worker", "sweeper": "worker.sweeper"}[name]
        with (self.log / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", module]
            self.processes[name] = subprocess.Popen(command, env=self.variables, stdout=log, stderr=log, cwd="/")

    def kill(self, name: str) -> None:
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()

    def upload(self, source: bytes = RIGHT, login: str = "anna") -> tuple[str, str]:
        now = datetime.now(UTC)
        with self.database.writing() as session:
            user = people.by_login(session, login) or people.add_user(session, login, login, password=None, now=now)
            content = Content("k.py", {"k.py": source})
            submission, job = submissions.record(session, user, ASSIGNMENT, content, source, secret="s", now=now)
            ids = submission.id, job.id
        if self.broker:
            try:
                ring(make_app(self.broker), ids[1], "numpy")
            except Exception as error:
                print("the bell could not be rung:", error)
        return ids

    def until(self, job_id: str, state: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with self.database.reading() as session:
                if session.get_one(Job, job_id).state == state:
                    return
            time.sleep(0.05)
        logs = "\n".join(path.read_text()[-3000:] for path in self.log.glob("*.log"))
        pytest.fail(f"the job did not become {state}:\n{logs}")

    def results(self, submission_id: str) -> int:
        with self.database.reading() as session:
            count = select(func.count()).select_from(Result).where(Result.submission_id == submission_id)
            return session.scalar(count) or 0


@pytest.fixture
def system(database, redis, tmp_path) -> Iterator[System]:
    running = System(database, redis.url, tmp_path)
    yield running
    running.stop()


def full_marks(system: System, submission_id: str) -> None:
    with system.database.reading() as session:
        result = session.scalars(select(Result).where(Result.submission_id == submission_id)).one()
        assert result.score == result.max_score > 0


def test_an_upload_is_graded_and_a_second_delivery_changes_nothing(system):
    submission_id, job_id = system.upload()
    for _ in range(3):
        ring(make_app(system.broker), job_id, "numpy")
    system.until(job_id, "graded")
    ring(make_app(system.broker), job_id, "numpy")
    time.sleep(1)
    assert system.results(submission_id) == 1
    full_marks(system, submission_id)


def test_a_killed_worker_loses_nothing(system):
    submission_id, job_id = system.upload(SLOW)
    system.until(job_id, "running")
    time.sleep(0.5)
    system.kill("worker")
    system.start("worker")
    system.until(job_id, "graded", 90)
    assert system.results(submission_id) == 1
    full_marks(system, submission_id)
    with system.database.reading() as session:
        assert session.get_one(Job, job_id).attempt == 2


def test_an_empty_redis_loses_nothing(system, redis):
    first = system.upload(SLOW)
    system.until(first[1], "running")
    waiting = [system.upload(RIGHT, f"user{n}") for n in range(3)]
    redis.kill()
    lost_bell = system.upload(RIGHT, "late")
    redis.start()
    for submission_id, job_id in (first, *waiting, lost_bell):
        system.until(job_id, "graded", 90)
        assert system.results(submission_id) == 1
        full_marks(system, submission_id)


def test_without_a_broker_the_worker_looks_into_the_table(sqlite, tmp_path):
    system = System(sqlite, None, tmp_path)
    try:
        submission_id, job_id = system.upload()
        system.until(job_id, "graded")
        full_marks(system, submission_id)
    finally:
        system.stop()


def test_a_worker_that_was_stopped_past_its_lease_changes_nothing(system):
    submission_id, job_id = system.upload(SLOW)
    system.until(job_id, "running")
    os.kill(system.processes["worker"].pid, signal.SIGSTOP)
    stopped = system.processes["worker"]
    time.sleep(6)
    system.start("worker")
    system.until(job_id, "graded", 90)
    os.kill(stopped.pid, signal.SIGCONT)
    time.sleep(3)
    stopped.kill()
    stopped.wait()
    assert system.results(submission_id) == 1
    full_marks(system, submission_id)


def test_a_pickled_message_is_refused(system):
    app = make_app(system.broker)
    app.send_task(RING, args=["x"], queue="numpy", serializer="pickle")
    submission_id, job_id = system.upload()
    system.until(job_id, "graded")
    full_marks(system, submission_id)


def test_a_server_does_not_run_without_isolation():
    variables = {**os.environ, "GRADER_DATABASE": "sqlite://", "GRADER_SANDBOX": "process"}
    command = [sys.executable, "-m", "worker"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)
    assert done.returncode == 2
    assert "without isolation" in done.stderr
