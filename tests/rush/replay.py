"""One rush: the services of `grader up`, students who hand in up to a deadline, and what the database tells of it."""

from __future__ import annotations

import asyncio
import os
import platform
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import func, select

from grader.core.assignment import assignments_folder, load
from grader.launch.services import Place, Services, address_of, listener_for, services_of, wait_for
from grader.store import people, tokens
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import Job, Result, Submission
from tests.in_force import put_in_force
from tests.rush.students import ASSIGNMENT, Seen, Student, play

PASSWORD = "the same for everybody"
BY_INTERFACE = 5  # every fifth hands in from a terminal
GRADING_SECONDS = 3600.0  # until the last one is graded, at most


@dataclass(frozen=True)
class Outcome:
    """What was seen, and what came of it. Memory is the web's, in MiB."""

    seen: Seen
    lost: int
    twice: int
    broken: int
    wrong: int
    memory_before: float
    memory_after: float
    memory_most: float
    grading_seconds: float  # from the deadline until the last was graded


def replay(folder: Path, *, students: int, seconds: float, sandbox: str) -> Outcome:
    """Play a rush of so many students in so many seconds."""
    place = Place(folder)
    place.prepare()
    database = Database(place.database)
    upgrade(database.engine)
    _write_course(place.course, datetime.now(UTC) + timedelta(seconds=seconds + 60))
    put_in_force(database, place.course)
    crowd = _enrol(database, students, seconds)
    with _served(place, sandbox) as (url, services):
        memory = Memory(_web_process(services))
        outcome = asyncio.run(_play(url, crowd, seconds, database, memory))
    database.close()
    return outcome


async def _play(url: str, crowd: list[Student], seconds: float, database: Database, memory: Memory) -> Outcome:
    graded = asyncio.Event()
    before = memory.look()
    watching = asyncio.create_task(_watch(database, seconds, graded, memory))
    seen = await play(url, crowd, seconds, graded)
    grading_seconds = await watching
    with database.reading() as session:
        there = set(session.scalars(select(Submission.id)))
        results = select(Result.submission_id).group_by(Result.submission_id).having(func.count() > 1)
        twice = set(session.scalars(results)) | set(session.scalars(select(Job.submission_id).where(Job.fence > 1)))
        broken = session.scalar(select(func.count()).where(Job.state == "broken")) or 0
        wrong = session.scalar(select(func.count()).where(Result.score != Result.max_score)) or 0
    return Outcome(
        seen=seen,
        lost=len(set(seen.acknowledged) - there),
        twice=len(twice),
        broken=broken,
        wrong=wrong,
        memory_before=before,
        memory_after=memory.look(),
        memory_most=memory.most,
        grading_seconds=grading_seconds,
    )


async def _watch(database: Database, seconds: float, graded: asyncio.Event, memory: Memory) -> float:
    """Set the event once the deadline has passed and nothing waits; how long after the deadline that was."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline + GRADING_SECONDS:
        await asyncio.sleep(1.0)
        memory.look()
        if time.monotonic() < deadline + 1:
            continue
        with database.reading() as session:
            left = session.scalar(select(func.count()).where(Job.state.in_(("queued", "running"))))
        if not left:
            break
    graded.set()
    return time.monotonic() - deadline


class Memory:
    """How much memory a process has, and the most that was seen."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self.most = 0.0

    def look(self) -> float:
        fields = dict(line.split(":", 1) for line in self._status.read_text().splitlines())
        found = int(fields["VmRSS"].split()[0]) / 1024
        self.most = max(self.most, found)
        return found


@contextmanager
def _served(place: Place, sandbox: str) -> Iterator[tuple[str, Services]]:
    listener = listener_for(None)
    with patch.dict(os.environ, {"GRADER_PROXIES": "1"}):
        services = services_of(place, sandbox=sandbox, listener=listener)
    try:
        services.start()
        wait_for(address_of(listener), services, 120)
        yield address_of(listener), services
    finally:
        services.stop()
        listener.close()


def _web_process(services: Services) -> int:
    """gunicorn's one worker process."""
    (web,) = (service for service in services.services if service.name == "web")
    assert web.process is not None
    parent = web.process.pid
    (child,) = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(child)


def _write_course(path: Path, deadline: datetime) -> None:
    path.write_text(
        f'timezone = "Europe/Moscow"\n[title]\nen = "Rush"\nru = "Сдача"\n[[assignment]]\nname = "{ASSIGNMENT}"\n'
        f"points = 15\ndeadline = {deadline.isoformat()}\n",
        encoding="utf-8",
    )


def _enrol(database: Database, number: int, seconds: float) -> list[Student]:
    """Accounts, and when each hands in: the nearer the deadline, the more of them."""
    source = sorted((load(ASSIGNMENT, assignments_folder()).folder / "accepted").glob("*.py"))[0].read_bytes()
    chance, made, now, hashed = random.Random(number), [], datetime.now(UTC), people.hasher.hash(PASSWORD)
    with database.writing() as session:
        for place in range(number):
            login = f"s{place:04}"
            user = people.add_user(session, login, f"Student {place}", group="M1", password=None, now=now)
            user.password_hash = hashed
            token = tokens.issue(session, user, "", ["read", "submit"], now=now) if place % BY_INTERFACE == 0 else None
            at = seconds * max(0.02, chance.random() ** 0.5)
            mine = source + f"\n# {login}\n".encode()
            made.append(Student(login, PASSWORD, f"10.0.{place // 250}.{place % 250}", at, mine, token))
    return made


def machine() -> str:
    """The machine, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}"
