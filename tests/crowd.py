"""Courses of any size, written into a database in bulk: for tests and measurements of scale."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, text

from grader.core.report import Report, to_json
from grader.store.engine import Database
from grader.store.models import (
    AuditEntry,
    Blob,
    BonusEntry,
    DefenceMark,
    Job,
    Result,
    Submission,
    SubmissionAuthor,
    TheoryMark,
    User,
)

DEADLINE = datetime(2027, 2, 14, 20, 59, tzinfo=UTC)
FAMILIES = ("Ivanova", "Petrov", "Smirnova", "Sokolov", "Kuznetsova", "Popov", "Lebedeva", "Novikov", "Морозова")
NAMES = ("Anna", "Boris", "Clara", "Dmitri", "Elena", "Fyodor", "Galina", "Ivan")
_AT_ONCE = 100
_ORDER = (AuditEntry, User, TheoryMark, BonusEntry, DefenceMark, Submission, SubmissionAuthor, Job, Result)
EMPTY = to_json(Report("", "hidden", (), "docker", 0.0))

_IDS = ("id", "given_by", "marked_by", "actor", "subject")


@dataclass(frozen=True)
class Size:
    """How many students, assignments of the course, and submissions of each student to each."""

    students: int
    assignments: int
    submissions: int


def write_course(folder: Path, size: Size) -> tuple[Path, Path]:
    """A folder of assignments with hardly more than a title, and a course file that sets all of them.

    Every other one is a lab; labs add up to 70 points at most, tasks to 50.
    """
    lines = ['timezone = "Europe/Moscow"', "", "[title]", 'en = "Many"', 'ru = "Много"', ""]
    for number in range(size.assignments):
        name, kind = f"lecture-{number % 12:02}/topic-{number:02}", ("lab", "task")[number % 2]
        place = folder / "assignments" / name
        place.mkdir(parents=True)
        place.joinpath("assignment.toml").write_text(
            f'kind = "{kind}"\nenvironment = "numpy"\n[title]\nen = "Topic {number}"\nru = "Тема {number}"\n'
            '[required]\nsolve = "reference.none:solve"\n',
            encoding="utf-8",
        )
        for language in ("en", "ru"):
            place.joinpath(f"statement.{language}.md").write_text(f"Solve ${number} = x$.\n", encoding="utf-8")
        points = Fraction(70 if kind == "lab" else 50) / -(-size.assignments // 2)
        lines += ["[[assignment]]", f'name = "{name}"', f'points = "{points}"']
        lines += [f"deadline = {DEADLINE.isoformat()}", ""]
    course = folder / "course.toml"
    course.write_text("\n".join(lines), encoding="utf-8")
    return folder / "assignments", course


def fill(
    database: Database,
    names: list[str],
    size: Size,
    *,
    first: int = 0,
    report: dict[str, Any] | None = None,
    logged: bool = False,
) -> None:
    """Students from number ``first`` on, with everything that a record is made of.

    With ``logged`` the audit log tells of every upload, without the hashes of a real one.
    """
    chance = random.Random(first)
    with database.writing() as session:
        if first == 0:
            session.execute(insert(Blob), [{"sha256": "b" * 64, "size": 1, "compressed": b""}])
        last = session.scalar(select(func.max(AuditEntry.number))) or 0
    everybody = range(first, first + size.students)
    for start in range(0, size.students, _AT_ONCE):
        rows: dict[Any, list[dict[str, Any]]] = {}
        for number in everybody[start : start + _AT_ONCE]:
            for model, row in _student(number, names, size, chance, report or EMPTY):
                rows.setdefault(model, []).append(row)
        if logged:
            rows[AuditEntry] = [
                _entry(last + place, row) for place, row in enumerate(rows.get(Submission, ()), start=1)
            ]
            last += len(rows[AuditEntry])
        with database.writing() as session:
            for model in _ORDER:
                if rows.get(model):
                    session.execute(insert(model), rows[model])


def fill_fast(database: Database, names: list[str], size: Size, *, report: dict[str, Any] | None = None) -> None:
    """The same for thousands: a sixteenth of them, doubled four times by the database itself under other ids."""
    part = Size(size.students // 16, size.assignments, size.submissions)
    fill(database, names, part, report=report, logged=True)
    for place in range(1, 5):
        with database.writing() as session:
            if session.get_bind().dialect.name == "sqlite":
                session.execute(text("pragma cache_size = -500000"))
            last = session.scalar(select(func.max(AuditEntry.number))) or 0
            for model in _ORDER:
                session.execute(_copy(model.__table__, place, last))
    rest = Size(size.students - 16 * part.students, size.assignments, size.submissions)
    fill(database, names, rest, first=16 * part.students, report=report, logged=True)


def _copy(table: Any, place: int, last: int) -> Any:
    """Every row again: in ids the letter at this place becomes one that no id has."""

    def other(column: Any) -> Any:
        if column.name in ("login", "number"):
            return column + (f"-{place}" if column.name == "login" else last)
        if column.name in _IDS or column.name.endswith("_id"):
            return func.substr(column, 1, place - 1) + "z" + func.substr(column, place + 1)
        return column

    return insert(table).from_select(table.columns.keys(), select(*(other(column) for column in table.columns)))


def _student(
    number: int, names: list[str], size: Size, chance: random.Random, report: dict[str, Any]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    user = _id(chance)
    name = f"{chance.choice(FAMILIES)} {chance.choice(NAMES)} {number}"
    yield (
        User,
        {"id": user, "login": f"s{number:05}", "name": name, "group": f"M{number % 40:02}", "created_at": DEADLINE},
    )
    yield (
        TheoryMark,
        {"user_id": user, "test": Fraction(chance.randint(0, 120), 2), "exam_minimum": None, "exam_ticket": None},
    )
    if number % 5 == 0:
        yield (
            BonusEntry,
            {
                "user_id": user,
                "points": Fraction(chance.randint(1, 12)),
                "reason": "notes",
                "given_by": user,
                "created_at": DEADLINE,
            },
        )
    for place, assignment in enumerate(names):
        if place % 4 == 0:
            yield (
                DefenceMark,
                {
                    "user_id": user,
                    "assignment": assignment,
                    "share": Fraction(1),
                    "marked_by": user,
                    "at": DEADLINE + timedelta(minutes=number, seconds=place),
                },
            )
        for turn in range(size.submissions):
            yield from _submission(user, assignment, turn, chance, report)


def _submission(
    user: str, assignment: str, turn: int, chance: random.Random, report: dict[str, Any]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    submission, job, result = _id(chance), _id(chance), _id(chance)
    at = DEADLINE + timedelta(days=3 * turn - 9, seconds=chance.randint(0, 86_400))
    sha256 = f"{chance.getrandbits(256):064x}"
    yield Submission, {
        "id": submission, "user_id": user, "assignment": assignment, "received_at": at, "file_name": "a.py",
        "upload_sha256": "b" * 64, "entry": "a.py", "sha256": sha256, "seed": sha256, "result_id": result,
    }  # fmt: skip
    yield SubmissionAuthor, {"submission_id": submission, "user_id": user}
    yield Job, {
        "id": job, "submission_id": submission, "key": "first", "queue": "numpy", "state": "graded", "run_after": at,
        "created_at": at, "started_at": at, "finished_at": at, "lease_until": None,
    }  # fmt: skip
    yield Result, {
        "id": result, "job_id": job, "submission_id": submission, "score": Fraction(chance.randint(0, 20)),
        "max_score": Fraction(20), "suite_sha256": "c" * 64, "report": report, "created_at": at + timedelta(seconds=3),
    }  # fmt: skip


def _entry(number: int, submission: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": number, "at": submission["received_at"], "actor": submission["user_id"], "before": None, "after": {},
        "action": "submission.received", "subject": submission["id"], "previous_hash": "", "hash": "",
    }  # fmt: skip


def _id(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128)))
