"""``python -m tests.bench_gradebook``: how long a large course takes, on SQLite.

5,000 students x 50 assignments x 5 submissions by default; ``--students 500`` is quicker. The reports that it
writes are empty: those of a real course make the file larger, and are read by none of what is measured here. Every
figure is wall time and, in parentheses, the CPU time of the process, since other programs may be running.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.core.assignment import load_all
from grader.core.course_file import read_course
from grader.staff import gradebook
from grader.store import people
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.standings import refresh
from tests.crowd import Size, fill, write_course
from web import Settings, create_app


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=5_000)
    parser.add_argument("--assignments", type=int, default=50)
    parser.add_argument("--submissions", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="A folder to keep the database in, and to find it in next time.")
    options = parser.parse_args()
    size = Size(options.students, options.assignments, options.submissions)
    with tempfile.TemporaryDirectory() as folder:
        measure(options.keep or Path(folder), size)


def measure(folder: Path, size: Size) -> None:
    database = Database(f"sqlite:///{folder / 'grader.db'}")
    new = not (folder / "course.toml").exists()
    if new:
        folder.mkdir(parents=True, exist_ok=True)
        upgrade(database.engine)
        write_course(folder, size)
    assignments = {assignment.name: assignment for assignment in load_all(folder / "assignments")}
    course = read_course(folder / "course.toml", assignments)
    if new:
        told("fill the database", lambda: fill(database, list(assignments), size))
        with database.writing() as session:
            now = people.students(session)[0].created_at
            people.add_user(session, "boss", "Boss", role="instructor", password="a password of boss", now=now)
    with database.writing() as session:
        session.connection().exec_driver_sql("delete from standings")
    with database.reading() as session:
        users = people.students(session)
    settings = Settings(
        database=database.engine.url.render_as_string(),
        secret="x" * 40,
        course=folder / "course.toml",
        assignments=folder / "assignments",
        insecure_http=True,
    )
    client = create_app(settings).test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login").text)
    assert token is not None
    client.post("/login", data={"login": "boss", "password": "a password of boss", "csrf_token": token[1]})
    told("first page of the gradebook, nothing is kept", lambda: shown(client, "/gradebook/"))
    told(f"count {len(users)} standings that are not kept yet", lambda: refresh(database, course, users))
    item = next(iter(course.items)).name
    for sort in ("name", "group", "-final", "T", f"-{item}"):
        told(f"page of the gradebook by {sort}", lambda path=f"/gradebook/?sort={sort}": shown(client, path))
    told("page of the gradebook, a search", lambda: shown(client, "/gradebook/?sort=-final&search=ivan"))
    for path in ("/statistics/", f"/statistics/{item}", "/regrades/"):
        told(f"page {path}", lambda path=path: shown(client, path))
    for kind in gradebook.FORMATS:
        told(f"export as {kind}", lambda kind=kind: gradebook.export(database, course, kind))


def shown(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<tr") > 2


def told(what: str, action: Callable[[], object]) -> None:
    began, busy = time.perf_counter(), time.process_time()
    action()
    print(f"{what}: {time.perf_counter() - began:.2f} s ({time.process_time() - busy:.2f} s)", flush=True)


if __name__ == "__main__":
    main()
