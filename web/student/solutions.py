"""The reference solution of an assignment, beside the reader's own: whether it is shown, and what of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from grader.core.closing import closing, may_show_solution
from grader.core.course import Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import mark
from grader.core.moments import due
from grader.core.solution import Solution, solution
from grader.core.source import Source, Statement, find
from grader.core.submission import CELL_MARKER
from grader.core.submission import Submission as Content
from grader.store import submissions
from grader.store.closing import latest_extensions, shown
from grader.store.models import Submission, User
from grader.store.records import deadlines, records
from web.student.highlighting import html_of

MOST_BYTES = 400_000  # of one upload: more is not written by hand


@dataclass(frozen=True)
class Line:
    """A line of a file as HTML; where there is a ``gap``, lines before it were left out."""

    number: int
    html: Markup
    gap: bool


@dataclass(frozen=True)
class Excerpt:
    """What belongs to one name in one file; and what that uses of the ``others``, names by path."""

    path: str
    lines: Sequence[Line]
    others: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Pair:
    """A name that is asked for, in the reference and in the reader's own solution."""

    name: str
    reference: Excerpt | None
    own: Excerpt | None


@dataclass(frozen=True)
class Notice:
    """What the assignment's page says of its reference: whether the reader may read it (staff always), whether
    students may, and before that from when on at the earliest, as far as the reader's own deadline tells.
    """

    readable: bool
    shown: bool
    promised: bool
    earliest: datetime | None = None


@dataclass(frozen=True)
class Page:
    """The whole reference with the reader's own upload, if there is one; and whether that one ``counts``.

    ``closes`` is for staff: the last moment at which an upload can change a mark.
    """

    solution: Solution
    pairs: Sequence[Pair]
    submission: Submission | None
    counts: bool
    shown: bool
    promised: bool
    closes: datetime | None

    def whole(self, path: str) -> Sequence[Line]:
        """All lines of a file of the reference."""
        return _whole(self.solution.files[path])


def notice(session: Session, item: CourseItem, user: User, until: datetime | None, now: datetime) -> Notice | None:
    """What to say on the page of this assignment, whose deadline is ``until`` for the reader; None for nothing."""
    is_shown, promised = bool(shown(session, [item], now)), may_show_solution(item)
    readable = item.assignment is not None and (user.is_staff or is_shown)
    if not readable and not promised:
        return None
    return Notice(readable, is_shown, promised, until if not item.is_late(until, now) else None)


def readable(
    session: Session, course: Course, item: CourseItem, user: User, now: datetime
) -> tuple[bool, Solution | None]:
    """Whether students may read the reference now, and what this person may read of it, if anything."""
    names = shown(session, course.items, now)
    return item.name in names, _readable(course, item, user, names)


def refusal(session: Session, course: Course, item: CourseItem, user: User, now: datetime) -> BadInput | None:
    """Why the reference is not shown, and from when on it may be; None for what has no reference or is not open yet.

    Nobody learns of somebody else's extension by it: the time is that of the reader's own deadline.
    """
    if item.assignment is None or not item.is_open(now):
        return None
    if not may_show_solution(item):
        return BadInput(
            f"The reference solution of {item.name} is not shown in this course.",
            ru=f"Эталонное решение задания {item.name} в этом курсе не показывается.",
        )
    until = item.deadline_for(deadlines(session, [user])[user.id])
    en = f"The reference solution of {item.name} is shown once no upload of anybody can change a mark any more"
    ru = f"Эталонное решение задания {item.name} откроется, когда уже ничья отправка не сможет изменить оценку"
    if until is not None and not item.is_late(until, now):
        en += f", so not before {due(until, course.zone, 'en', now)}"
        ru += f", то есть не раньше чем {due(until, course.zone, 'ru', now)}"
    return BadInput(f"{en}.", ru=f"{ru}.")


def page(session: Session, course: Course, item: CourseItem, user: User, now: datetime) -> Page | None:
    """The reference beside the reader's own upload; None where they may not read it."""
    names = shown(session, course.items, now)
    found = _readable(course, item, user, names)
    if found is None:
        return None
    mine, counts = _own_upload(session, course, item, user)
    content = submissions.content_of(session, mine.id) if mine is not None else None
    files = _sources(content) if content is not None else {}
    pairs = [
        Pair(name, _excerpt(found.files, *place) if place is not None else None, _own(files, name))
        for name, place in found.places.items()
    ]
    return Page(
        solution=found,
        pairs=pairs,
        submission=mine,
        counts=counts,
        shown=item.name in names,
        promised=may_show_solution(item),
        closes=closing(item, latest_extensions(session, [item.name]).get(item.name, ())) if user.is_staff else None,
    )


def _readable(course: Course, item: CourseItem, user: User, names: set[str]) -> Solution | None:
    if item.assignment is None or not (user.is_staff or item.name in names):
        return None
    return solution(item.assignment, course, names)


def _own_upload(session: Session, course: Course, item: CourseItem, user: User) -> tuple[Submission | None, bool]:
    """The upload that counts, else the newest one; and whether it counts. One of practice does not."""
    uploads = [submission for submission, *_ in submissions.of_student(session, user.id, item.name)]
    best = mark(course, item, records(session, [user], only=item.name)[user.id])
    counted = next((one for one in uploads if one.id == best.submission and best.factor), None)
    return counted or next(iter(uploads), None), counted is not None


def _sources(content: Content) -> dict[str, Source]:
    """The files of an upload, its entry first; of very many bytes only the first files, since reading takes time."""
    files: dict[str, Source] = {}
    size = 0
    for path in (content.entry, *sorted(content.files.keys() - {content.entry})):
        size += len(content.files[path])
        if size > MOST_BYTES and files:
            break
        files[path] = Source(content.files[path])
    return files


def _own(files: Mapping[str, Source], name: str) -> Excerpt | None:
    path = find(files, next(iter(files), ""), name)
    return _excerpt(files, path, name) if path is not None else None


def _excerpt(files: Mapping[str, Source], path: str, name: str) -> Excerpt:
    source = files[path]
    needed = source.needed(name)
    imported = {bound for one in source.statements if one.imports for bound in one.defines}
    others: dict[str, list[str]] = {}
    for used in sorted(imported & {used for one in needed for used in one.uses}):
        defining = next((other for other in files if other != path and files[other].definition(used)), None)
        if defining is not None:
            others.setdefault(defining, []).append(used)
    return Excerpt(path, _lines(source, needed), others)


def _whole(source: Source) -> list[Line]:
    return [Line(number, html_of(source, number), gap=False) for number in range(1, len(source.lines) + 1)]


def _lines(source: Source, statements: Iterable[Statement]) -> list[Line]:
    """The lines of these statements with the comments right above them."""
    found: list[Line] = []
    last = 0
    for one in statements:
        first = one.first
        while first > last + 1 and _is_comment(source.lines[first - 2]):
            first -= 1
        for number in range(first, one.last + 1):
            if number > last:
                found.append(Line(number, html_of(source, number), gap=bool(last) and number == first))
        last = max(last, one.last)
    return found


def _is_comment(line: str) -> bool:
    return line.startswith("#") and not line.startswith(CELL_MARKER)
