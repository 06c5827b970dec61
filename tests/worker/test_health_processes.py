"""Web, worker, sweeper and Redis as they are started by `grader up`, looked at from outside: an ill worker, health,
metrics, and logs in which nothing of a person or of a submission may be found."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis as redis_client
from sqlalchemy import select

from grader.launch.services import Place, Services, address_of, listener_for, services_of, wait_for
from grader.store import people, workers
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import Job
from tests.harness import suites
from tests.in_force import put_in_force
from tests.ports import free_port
from tests.waiting import until

pytestmark = pytest.mark.bubblewrap

SUITE = """
import os, pathlib, signal
from grader.core.errors import OurFault
def test_small(submission, rng):
    if pathlib.Path({flag!r}).exists():
        os.kill(os.getpid(), signal.SIGKILL)
    value = submission.f(int(rng.integers(1000)))
    if isinstance(value, str):
        raise OurFault("a fault that quotes " + value)
    assert_equal(value, 1)
"""
COURSE = """
[title]
en = "ML"
ru = "МО"
[[assignment]]
name = "demo/small"
points = 8
deadline = {deadline}
"""
MARK = "zqmarkerqz"
PASSWORD = f"{MARK}-a-long-password"
GOOD = "def f(x): return 1\n"
LOUD = f'''# {MARK} in a comment
print("{MARK} printed at import")
def f(x):
    print("{MARK} printed")
    raise ValueError("{MARK} raised")
'''


@dataclass
class Running:
    """Everything of one machine, and the file that makes its judges end."""

    place: Place
    database: Database
    services: Services
    url: str
    metrics: str
    flag: Path

    def log(self, name: str) -> str:
        return (self.place.folder / "logs" / f"{name}.log").read_text()

    def lines(self, name: str) -> list[dict[str, Any]]:
        """The log of a process; every line of it is JSON."""
        return [json.loads(line) for line in self.log(name).splitlines()]

    def token(self, login: str) -> str:
        answer = httpx.post(f"{self.url}/api/v1/tokens", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["token"])

    def upload(self, token: str, source: str, name: str = "mine.py") -> str:
        """Through the front door; the submission's id."""
        answer = httpx.post(
            f"{self.url}/api/v1/submissions",
            headers={"Authorization": f"Bearer {token}"},
            data={"assignment": suites.NAME},
            files={"file": (name, source.encode())},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def job(self, submission_id: str) -> Job:
        with self.database.reading() as session:
            return session.scalars(select(Job).where(Job.submission_id == submission_id)).one()

    def staff(self) -> httpx.Client:
        client = httpx.Client(base_url=self.url)
        form = {"login": "boss", "password": PASSWORD, "csrf_token": field(client.get("/login").text)}
        assert client.post("/login", data=form).status_code == 302
        return client


def field(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("machine")
    place, flag = Place(folder / "data"), folder / "flag"
    place.prepare()
    assignments = suites.write(folder, SUITE.format(flag=str(flag)))
    database = Database(place.database)
    upgrade(database.engine)
    deadline = datetime.now(UTC) + timedelta(days=1)
    put_in_force(database, COURSE.format(deadline=deadline.isoformat()), assignments)
    with database.writing() as session:
        for login, role in ((f"{MARK}anna", "student"), ("boss", "instructor")):
            people.add_user(session, login, f"{MARK} {login}", role=role, password=PASSWORD, now=datetime.now(UTC))
    metrics, listener = free_port(), listener_for(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_ASSIGNMENTS", str(assignments))
        patch.setenv("GRADER_METRICS_BIND", f"127.0.0.1:{metrics}")
        patch.setenv("GRADER_BACKOFF_SECONDS", "1")
        patch.setenv("GRADER_QUEUES", "numpy")
        services = services_of(place, sandbox="bubblewrap", listener=listener)
    services.start()
    url = address_of(listener)
    try:
        wait_for(url, services, 90)
        yield Running(place, database, services, url, f"http://127.0.0.1:{metrics}", flag)
    finally:
        services.stop()
        listener.close()
        database.close()


def test_nothing_of_a_person_or_a_submission_is_in_any_log(running):
    student = running.token(f"{MARK}anna")
    graded = [running.upload(student, LOUD, f"{MARK}.py"), running.upload(student, GOOD)]
    for submission_id in graded:
        until(lambda submission_id=submission_id: running.job(submission_id).state == "graded")
    running.flag.touch()
    failed = running.upload(student, LOUD + "# another\n", f"{MARK}.py")
    until(lambda: running.job(failed).error)
    running.flag.unlink()
    until(lambda: running.job(failed).state == "graded")
    quoted = running.upload(student, f"def f(x): return '{MARK}'\n")
    until(lambda: MARK in running.job(quoted).error)
    httpx.post(f"{running.url}/api/v1/tokens", json={"login": f"{MARK}x", "password": MARK})
    httpx.get(
        f"{running.url}/{MARK}?name={MARK}", headers={"Authorization": f"Bearer {MARK}", "Cookie": f"grader={MARK}"}
    )
    httpx.get(f"{running.url}/login", params={"next": MARK})
    host, port = running.url.removeprefix("http://").split(":")
    for request in (f"GET /{MARK} HTTP/{MARK}", f"{MARK} {MARK} {MARK} {MARK}", f"GET / HTTP/1.1\r\n{MARK} {MARK}"):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(f"{request}\r\n\r\n".encode())
            connection.recv(1000)
    running.staff().get("/status", params={"name": MARK})

    for log in (running.place.folder / "logs").iterdir():
        assert MARK not in log.read_text(), log.name
    web, worker = running.lines("web"), running.lines("worker")
    running.lines("sweeper")
    for message, log in (("a job waits", web), ("grading", worker), ("graded", worker)):
        told = [line for line in log if line["message"] == message]
        assert {line["submission"] for line in told} >= set(graded)
        assert all(line["job"] == running.job(line["submission"]).id for line in told)
    fault = next(line for line in worker if line["message"] == "a fault of ours")
    assert (fault["submission"], fault["kind"], fault["counts"]) == (failed, "judge", True)
    requests = [line for line in web if line["message"] == "request"]
    assert {"none", "api.create_submission", "auth.log_in"} <= {line["route"] for line in requests}
    for line in requests:
        assert {"request", "route", "status", "milliseconds"} <= set(line)


def test_an_ill_worker_is_seen_listens_no_more_and_comes_back(running):
    student, staff = running.token(f"{MARK}anna"), running.staff()
    assert httpx.get(f"{running.metrics}/healthz").json() == {"state": "ready"}
    running.flag.touch()
    failed = [running.upload(student, GOOD + f"# {n}\n") for n in range(3)]
    until(lambda: httpx.get(f"{running.metrics}/healthz").status_code == 503)
    until(lambda: "still ill: a check failed" in running.log("worker"))
    assert "grader_worker_ill 1.0" in httpx.get(f"{running.metrics}/metrics").text
    until(lambda: "Send back to work now" in staff.get("/status").text)
    page = staff.get("/status").text
    assert "The judge ended without a report." in page
    assert 'grader_workers{state="ill"} 1.0' in staff.get("/metrics").text

    waits = running.upload(student, GOOD + "# waits\n")
    bell = redis_client.Redis(unix_socket_path=str(running.place.folder / "redis.sock"))
    until(lambda: bell.llen("numpy"))
    for _ in range(20):  # nobody takes what is rung, so that another worker would
        assert bell.llen("numpy")
        time.sleep(0.05)
    assert running.job(waits).fence == 0

    running.flag.unlink()
    with running.database.reading() as session:
        (row,) = workers.table(session)
    answer = staff.post(f"/status/workers/{row.id}/send-back", data={"csrf_token": field(page)})
    assert answer.status_code == 302
    until(lambda: httpx.get(f"{running.metrics}/healthz").json() == {"state": "ready"})
    for submission_id in (*failed, waits):
        until(lambda submission_id=submission_id: running.job(submission_id).state == "graded")
    assert "back to work" in running.log("worker")


def test_what_the_worker_has_done_is_in_its_metrics(running):
    text = httpx.get(f"{running.metrics}/metrics").text
    for line in (
        r'grader_jobs_finished_total\{outcome="graded"\} [1-9]',
        r'grader_verdicts_total\{verdict="passed"\} [1-9]',
        r'grader_verdicts_total\{verdict="error"\} [1-9]',
        r'grader_own_faults_total\{kind="judge"\} [1-9]',
        r'grader_job_stage_duration_seconds_count\{stage="(waiting|sandbox|judge|store)"\} [1-9]',
        r'grader_sandbox_deaths_total\{cause="ended"\} [1-9]',
        r'grader_spares_ready\{environment="numpy"\} ',
    ):
        assert re.search(line, text), line
    assert httpx.get(f"{running.metrics}/").status_code == 404
