"""The whole system as real processes, each of which can be killed, stopped, continued and started again.

What is uploaded goes through the web: only what it has acknowledged counts. Nothing here waits for a time, only for
states; `System.until` gives up after long.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from grader.store import people, roles, submissions, tokens
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import Job, Result
from tests.faults.solutions import KINDS, NAME, TESTS, numbered
from tests.in_force import put_in_force
from tests.ports import free_port
from tests.processes import children, command_of, descendants, living
from tests.services import LOGINS, as_login
from worker.sandboxes import cgroups, folders
from worker.sandboxes.bubblewrap import BubblewrapSandboxes

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = Path(__file__).resolve().parent / "assignments"
COURSE = f'timezone = "UTC"\n\n[title]\nen = "Faults"\nru = "Сбои"\n\n[[assignment]]\nname = "{NAME}"\npoints = 3\n'
LEASE_SECONDS = 4
BACKOFF_SECONDS = 1
WAIT_SECONDS = 120
_SET_CHILD_SUBREAPER = 36


@dataclass
class Part:
    """One process, in a session of its own."""

    name: str
    command: list[str]
    variables: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=dict(self.variables), stdout=log, stderr=log, cwd="/", start_new_session=True
            )

    def kill(self) -> None:
        """SIGKILL to what was started, not to its children: they must notice. Of the web, to all of it."""
        with suppress(ProcessLookupError):
            (os.killpg if self.name == "web" else os.kill)(self.pid, signal.SIGKILL)
        self.wait()

    def stop(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def terminate(self) -> None:
        if self.runs:
            self.go_on()
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, seconds: float = 60) -> int:
        assert self.process is not None
        return self.process.wait(timeout=seconds)


@dataclass
class System:
    """Web, workers and sweeper on a database, over a Redis or without one; in PostgreSQL each has its own login."""

    url: str
    broker: str | None = None
    workers: int = 1
    sandbox: str = "bubblewrap"
    variables: Mapping[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="grader-faults-")))
    number: int = 0

    def __post_init__(self) -> None:
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)  # what loses its parent becomes our child, and is seen
        self._before = set(descendants(os.getpid()))
        self.sockets = self.folder / "sockets"
        self.database = Database(self.url)
        upgrade(self.database.engine)
        if self.database.engine.dialect.name == "postgresql":
            roles.prepare(self.database.engine, LOGINS)
        put_in_force(self.database, COURSE, ASSIGNMENTS)
        (self.folder / "secret").write_text(secrets.token_hex(32))
        self.port = free_port()
        names = ("web", "sweeper", *(f"worker-{n}" for n in range(1, self.workers + 1)))
        self.parts = {name: self.part(name) for name in names}
        self._tokens: dict[str, str] = {}
        self.address = f"http://127.0.0.1:{self.port}"
        self._client = httpx.Client(base_url=self.address, timeout=60)

    def part(self, name: str, **variables: str) -> Part:
        """A process of this system that is not started yet."""
        python, gunicorn = sys.executable, str(ROOT / "web" / "gunicorn_settings.py")
        commands = {
            "web": [python, "-m", "gunicorn", "-c", gunicorn, "web.wsgi:app"],
            "sweeper": [python, "-m", "worker.sweeper"],
        }
        ours = {
            **os.environ,
            "GRADER_DATABASE": self.url_for(name.partition("-")[0]),
            "GRADER_SECRET_FILE": str(self.folder / "secret"),
            "GRADER_ASSIGNMENTS": str(ASSIGNMENTS),
            "GRADER_SANDBOX": self.sandbox,
            "GRADER_SOCKETS": str(self.sockets),
            "GRADER_QUEUES": "numpy",
            "GRADER_LEASE_SECONDS": str(LEASE_SECONDS),
            "GRADER_BACKOFF_SECONDS": str(BACKOFF_SECONDS),
            "GRADER_BIND": f"127.0.0.1:{self.port}",
            "GRADER_INSECURE_HTTP": "1",
            "GRADER_PROXIES": "1",
            "PYTHONPATH": str(ROOT),
            **({"GRADER_BROKER": self.broker} if self.broker else {}),
            **self.variables,
            **variables,
        }
        command = commands.get(name, [python, "-m", "worker"])
        return Part(name, command, ours, self.folder / f"{name}.log")

    def url_for(self, part: str) -> str:
        """The database as web, worker or sweeper reaches it."""
        return as_login(self.url, part) if self.url.startswith("postgresql") else self.url

    def start(self, *names: str) -> System:
        """Start these parts, or all; wait until the web answers."""
        for name in names or self.parts:
            self.parts[name].start()
        if not names or "web" in names:
            self.until(self.answers, "the web answers")
        return self

    def close(self) -> None:
        """End all of it, and tidy up as the next worker would."""
        for part in self.parts.values():
            part.terminate()
        for part in self.parts.values():
            if part.process is not None:
                try:
                    part.wait(30)
                except subprocess.TimeoutExpired:
                    part.kill()
        if self.sandbox == "bubblewrap":
            BubblewrapSandboxes(self.sockets).reap()
        self.database.close()
        self._client.close()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- what students do --------------------------------------------------------------------------------

    def answers(self) -> bool:
        with suppress(httpx.HTTPError):
            return self._client.get("/healthz").status_code == 200
        return False

    def post(self, content: bytes, login: str = "anna", client: httpx.Client | None = None) -> httpx.Response:
        """One upload, as it is answered."""
        headers = {"Authorization": f"Bearer {self.token(login)}", "X-Forwarded-For": _address(login)}
        form, files = {"assignment": NAME}, {"file": ("double.py", content)}
        return (client or self._client).post("/api/v1/submissions", headers=headers, data=form, files=files)

    def upload(self, kind: str = "right", login: str = "anna") -> str:
        """An upload that must be acknowledged; the submission's id."""
        self.number += 1
        answer = self.post(numbered(kind, self.number), login)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def token(self, login: str) -> str:
        """A personal token of this student, who comes to be when first asked for."""
        if login not in self._tokens:
            at = datetime.now(UTC)
            with self.database.writing() as session:
                user = people.by_login(session, login) or people.add_user(session, login, login, password=None, now=at)
                self._tokens[login] = tokens.issue(session, user, "faults", tokens.SCOPES[:2], now=at)
        return self._tokens[login]

    # -- what there is to be seen ------------------------------------------------------------------------

    def job(self, submission_id: str) -> Job:
        with self.database.reading() as session:
            return session.scalars(select(Job).where(Job.submission_id == submission_id)).one()

    def results(self, submission_id: str) -> list[tuple[str, ...]]:
        """The verdicts of each result of a submission, in the order of `TESTS`."""
        with self.database.reading() as session:
            found = session.scalars(select(Result).where(Result.submission_id == submission_id)).all()
        return [verdicts(result) for result in found]

    def until(self, holds: Callable[[], Any], what: str, seconds: float = WAIT_SECONDS, *, pause: float = 0.05) -> None:
        """Wait for a state, and look again after each pause."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"never: {what}\n{self.told()}")
            time.sleep(pause)

    def until_state(self, submission_id: str, state: str, attempt: int = 0) -> None:
        """Wait until its job is in this state, and was taken at least this often."""

        def there() -> bool:
            job = self.job(submission_id)
            return job.state == state and job.attempt >= attempt

        self.until(there, f"the job is {state}")

    def expect(self, *submission_ids: str, kind: str = "right") -> None:
        """Each of them is graded in the end, once, as its kind must be."""
        for submission_id in submission_ids:
            self.until_state(submission_id, "graded")
            found = self.results(submission_id)
            assert found == [KINDS[kind].verdicts], f"{found}\n{self.told()}"

    def broken(self) -> list[str]:
        """The submissions that staff are shown as broken."""
        with self.database.reading() as session:
            return [job.submission_id for job in submissions.broken(session)]

    def history(self, submission_id: str) -> str:
        """What is known of a submission: its jobs, and every line of a log that names it."""
        with self.database.reading() as session:
            jobs = session.scalars(select(Job).where(Job.submission_id == submission_id)).all()
        rows = [f"  {job.key}: {job.state}, attempt {job.attempt}, fence {job.fence} {job.error}" for job in jobs]
        return "\n".join([*rows, *(f"  {line}" for line in self.lines() if submission_id in line)])

    def lines(self) -> list[str]:
        """Every line of every log."""
        logs = sorted(self.folder.glob("*.log"))
        return [line for path in logs for line in path.read_text(errors="replace").splitlines()]

    def told(self) -> str:
        """The ends of all logs."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"== {path.name}\n{path.read_text(errors='replace')[-3000:]}" for path in logs)

    def left_behind(self) -> list[str]:
        """Processes, control groups and folders that outlive the system; look after `close`."""
        groups = [place for place in cgroups.existing() if self.sockets.is_dir() and self._owns(place)]
        places = [str(path) for path in self.sockets.iterdir()] if self.sockets.is_dir() else []
        known = {part.pid for part in self.parts.values() if part.process is not None} | self._before
        commands = [command_of(pid) for pid in living(set(descendants(os.getpid())) - known)]
        return [*groups, *places, *(command for command in commands if command and "postgres" not in command)]

    def sandboxes(self) -> dict[str, list[int]]:
        """The processes in each sandbox that bubblewrap runs for this system, by the name of its folder."""
        found = {}
        for place, group in cgroups.existing().items():
            with suppress(OSError):
                if self._owns(place):
                    text = (group.folders[0] / "cgroup.procs").read_text()
                    found[place.rpartition("/")[2]] = [int(pid) for pid in text.split()]
        return {place: pids for place, pids in found.items() if pids and not _are_judges(pids)}

    def _owns(self, place: str) -> bool:
        return place.startswith(folders.house(self.sockets))

    def parents_of_judges(self) -> list[int]:
        """The warm parents of all workers."""
        workers = [part.pid for name, part in self.parts.items() if name.startswith("worker") and part.runs]
        return [pid for worker in workers for pid in children(worker) if "grader.harness.nursery" in command_of(pid)]

    def judges(self) -> list[int]:
        return living(judge for parent in self.parents_of_judges() for judge in children(parent))


def _are_judges(pids: list[int]) -> bool:
    """Whether these are a warm parent and its judges, which have a control group like a sandbox's."""
    return any("grader.harness.nursery" in command_of(pid) for pid in pids)


def verdicts(result: Result) -> tuple[str, ...]:
    told = {test["name"]: test["verdict"] for test in result.report["tests"]}
    return tuple(told.get(name, f"absent from {result.report}") for name in TESTS)


def kill(pids: Iterable[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _address(login: str) -> str:
    """An address of its own for each student: limits by address are not what is tried here."""
    number = int.from_bytes(login.encode()[-3:], "big")
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
