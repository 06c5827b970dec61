"""``python -m tests.bench_gradebook``, a part of `make bench`: what the pages of a large course cost on both databases.

5,000 students x 58 assignments x 5 submissions by default; ``--students 500`` is quicker. The reports that it writes
have one test: those of a real course make the file larger, and are read only for the statistics of tests. Every figure
is wall time and, in parentheses, the CPU time of this process, since other programs may be running; PostgreSQL works in
processes of its own. ``--keep`` keeps SQLite's file, which takes minutes to fill.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from grader.core.assignment import load_all
from grader.core.course import Course
from grader.core.course_file import read_course
from grader.core.report import Report, TestResult, to_json
from grader.core.verdicts import Verdict
from grader.staff import gradebook
from grader.store import people
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import KeptMark, User
from grader.store.standings import refresh_all
from tests.crowd import DEADLINE, Size, fill_fast, write_course
from tests.in_force import put_in_force
from tests.services import fresh_postgres, private_postgres
from web import Settings, create_app

KINDS = ("sqlite", "postgresql")
REPORT = to_json(Report("", "hidden", (TestResult("t", Verdict.PASSED, Fraction(1), Fraction(1)),), "docker", 0.1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=5_000)
    parser.add_argument("--assignments", type=int, default=58)
    parser.add_argument("--submissions", type=int, default=5)
    parser.add_argument("--database", choices=KINDS, help="This one alone.")
    parser.add_argument("--keep", type=Path, help="A folder to keep SQLite's file in, and to find it in next time.")
    options = parser.parse_args()
    size = Size(options.students, options.assignments, options.submissions)
    for kind in [options.database] if options.database else KINDS:
        print(f"{kind}: {size.students} students x {size.assignments} assignments x {size.submissions} submissions")
        with tempfile.TemporaryDirectory() as name, address(kind, options.keep or Path(name)) as (url, folder):
            measure(url, folder, size)


@contextmanager
def address(kind: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The database's URL, and the folder for the course's files."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'grader.db'}", folder
        return
    with private_postgres() as server, tempfile.TemporaryDirectory() as other:
        yield fresh_postgres(server), Path(other)


def measure(url: str, folder: Path, size: Size) -> None:
    with closing(Database(url)) as database:
        course = prepare(database, folder, size)
        with database.writing() as session:
            for table in ("kept_marks", "standings", "figures"):
                session.connection().exec_driver_sql(f"delete from {table}")
        settings = Settings(
            database=url,
            secret="x" * 40,
            assignments=folder / "assignments",
            insecure_http=True,
        )
        app = create_app(settings)
        student, boss = (logged_in(app.test_client(), login) for login in ("student", "boss"))
        item = next(item.name for item in course.items if item.kind == "lab")
        pages(student, ("/", f"/assignments/{item}", "/standing", "/standing/transcript"))
        told("first page of the gradebook, nothing is kept", lambda: shown(boss, "/gradebook/"))
        told("count all standings", lambda: refresh_all(database, course))
        with database.reading() as session:
            some = session.scalar(select(KeptMark.user_id).limit(1))
        pages(boss, [f"/gradebook/?sort={sort}" for sort in ("group", "name", "-final", f"-{item}")])
        pages(boss, ("/gradebook/?sort=-final&search=ivan", f"/gradebook/people/{some}", "/people", f"/people/{some}"))
        pages(boss, ("/statistics/", f"/statistics/{item}", "/regrades/"), again=True)
        pages(boss, ("/marking/defences", f"/marking/defences?lab={item}", "/marking/theory", "/audit/", "/status"))
        for kind in gradebook.FORMATS:
            told(f"export as {kind}", lambda kind=kind: gradebook.export(database, course, kind))


def prepare(database: Database, folder: Path, size: Size) -> Course:
    """The course, filled unless it was kept; with somebody of each role who can log in."""
    new = not (folder / "course.toml").exists()
    if new:
        upgrade(database.engine)
        write_course(folder, size)
    assignments = {assignment.name: assignment for assignment in load_all(folder / "assignments")}
    if new:
        put_in_force(database, folder / "course.toml", folder / "assignments")
        told("fill the database", lambda: fill_fast(database, list(assignments), size, report=REPORT))
        with database.writing() as session:
            people.add_user(session, "boss", "Boss", role="instructor", password="a password of boss", now=DEADLINE)
            last = session.scalar(select(func.max(User.login)).where(User.login.startswith("s")))
            user = people.by_login(session, last or "")
            assert user is not None
            user.login, user.password_hash = "student", people.hasher.hash("a password of student")
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum analyze"))
    return read_course(folder / "course.toml", assignments)


def logged_in(client: Any, login: str) -> Any:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login").text)
    assert token is not None
    form = {"login": login, "password": f"a password of {login}", "csrf_token": token[1]}
    assert client.post("/login", data=form).status_code == 302
    return client


def pages(client: Any, paths: Any, *, again: bool = False) -> None:
    """Each page; ``again`` also once more, when what it needs is kept."""
    for path in paths:
        told(path, lambda path=path: shown(client, path))
        if again:
            told(f"{path} again", lambda path=path: shown(client, path))


def shown(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def told(what: str, action: Callable[[], object]) -> None:
    began, busy = time.perf_counter(), time.process_time()
    action()
    print(f"  {what}: {time.perf_counter() - began:.2f} s ({time.process_time() - busy:.2f} s)", flush=True)


if __name__ == "__main__":
    main()
