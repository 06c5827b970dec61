"""Which submissions of an assignment are alike. It informs staff; it never changes a mark, and keeps nothing.

Of each student the submission that counts is compared, else the latest. A team's upload is one, and two of a team are
never a pair. The starter, the public tests and the reference are left out of the comparison.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.core.assignment import LANGUAGES, Assignment
from grader.core.course import Course, CourseItem
from grader.core.editions import reference_sources
from grader.core.errors import BadInput
from grader.core.similarity import Document, Pair, document, excluded_prints, marked, pairs
from grader.store import people
from grader.store.engine import Database
from grader.store.models import Blob, Submission, SubmissionAuthor, SubmissionFile, User
from grader.store.standings import standings


@dataclass(frozen=True)
class Compared:
    """A submission that is compared: whose it is, and its files."""

    id: str
    authors: tuple[User, ...]
    files: dict[str, str]

    @property
    def names(self) -> str:
        return ", ".join(user.name for user in self.authors)

    @property
    def logins(self) -> list[str]:
        return [user.login for user in self.authors]


@dataclass(frozen=True)
class Alike:
    """Two submissions that share unusual code."""

    pair: Pair
    first: Compared
    second: Compared


@dataclass(frozen=True)
class Line:
    """A line of a file: its number, its text, and whether it is shared ("usual" or "unusual") or not ("")."""

    number: int
    text: str
    shared: str


@dataclass(frozen=True)
class Side:
    """One of two submissions beside each other: whose, and its files line by line."""

    compared: Compared
    files: dict[str, list[Line]]


def judged_here(course: Course, name: str) -> tuple[CourseItem, Assignment]:
    """An item that is judged here. Raises BadInput."""
    item = course.item(name)
    if item is None or item.assignment is None:
        raise BadInput(f"{name} is not judged here.", ru=f"{name}: здесь такое задание не проверяется.")
    return item, item.assignment


def alike(database: Database, course: Course, name: str) -> tuple[int, list[Alike]]:
    """How many submissions were compared, and the pairs that share enough, the most similar first."""
    compared, documents = _documents(database, course, name)
    by_id = {one.id: one for one in compared}
    found = pairs(documents, _together(compared))
    return len(compared), [Alike(pair, by_id[pair.first], by_id[pair.second]) for pair in found]


def beside(database: Database, course: Course, name: str, first: str, second: str) -> tuple[Side, Side]:
    """Two submissions beside each other, with the lines that they share. Raises BadInput where one is not compared."""
    compared, documents = _documents(database, course, name)
    by_id = {one.id: (one, doc) for one, doc in zip(compared, documents, strict=True)}
    if first not in by_id or second not in by_id or first == second:
        raise BadInput(
            "These are not two submissions that count. Perhaps there are newer ones.",
            ru="Это не два засчитываемых решения. Возможно, появились более новые.",
        )
    (one, one_doc), (other, other_doc) = by_id[first], by_id[second]
    left, right = marked(one_doc, other_doc, documents)
    return _side(one, left), _side(other, right)


def _documents(database: Database, course: Course, name: str) -> tuple[list[Compared], list[Document]]:
    item, assignment = judged_here(course, name)
    given = [assignment.starter(language) for language in LANGUAGES]
    given += [path.read_text(encoding="utf-8") for path in assignment.suite("public").glob("*.py")]
    right = reference_sources(assignment, assignment.folder.parents[2]).values()
    excluded = excluded_prints([*given, *(source.decode() for source in right)])
    compared = _compared(database, course, item)
    return compared, [document(one.id, one.files, excluded) for one in compared]


def _compared(database: Database, course: Course, item: CourseItem) -> list[Compared]:
    """One submission a student, each once however many authors it has: a constant number of queries."""
    with database.reading() as session:
        users = people.students(session)
    place = course.items.index(item)
    counting = {user_id: found.marks[place].submission for user_id, found in standings(database, course, users).items()}
    with database.reading() as session:
        latest = _latest(session, item.name)
        chosen: dict[str, list[User]] = {}
        for user in users:
            submission = counting[user.id] or latest.get(user.id)
            if submission is not None:
                chosen.setdefault(submission, []).append(user)
        files = _files(session, list(chosen))
    return [Compared(number, tuple(authors), files.get(number, {})) for number, authors in sorted(chosen.items())]


def _latest(session: Session, name: str) -> dict[str, str]:
    """Each student's latest submission of an assignment."""
    query = (
        select(SubmissionAuthor.user_id, Submission.id)
        .join(Submission, Submission.id == SubmissionAuthor.submission_id)
        .where(Submission.assignment == name)
        .order_by(Submission.received_at)
    )
    return dict(session.execute(query).all())


def _files(session: Session, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    query = (
        select(SubmissionFile.submission_id, SubmissionFile.path, Blob.compressed)
        .join(Blob, Blob.sha256 == SubmissionFile.blob_sha256)
        .where(SubmissionFile.submission_id.in_(ids))
    )
    found: dict[str, dict[str, str]] = {}
    for submission_id, path, compressed in session.execute(query):
        found.setdefault(submission_id, {})[path] = zlib.decompress(compressed).decode(errors="replace")
    return found


def _together(compared: Sequence[Compared]) -> list[frozenset[str]]:
    """Submissions of the same team."""
    teams: dict[str, set[str]] = {}
    for one in compared:
        for user in one.authors:
            if user.team:
                teams.setdefault(user.team, set()).add(one.id)
    return [frozenset(ids) for ids in teams.values() if len(ids) > 1]


def _side(compared: Compared, shared: dict[tuple[str, int], bool]) -> Side:
    words = {None: "", False: "usual", True: "unusual"}
    return Side(
        compared,
        {
            path: [
                Line(number, text, words[shared.get((path, number))])
                for number, text in enumerate(source.splitlines(), start=1)
            ]
            for path, source in sorted(compared.files.items())
        },
    )
