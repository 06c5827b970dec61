"""Lists of people a page at a time: the database puts them in order and counts them, and only a page's rows are read.

A search is the exception: small letters of every alphabet are the same in Python alone, so it reads all names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from grader.store.models import KeptMark, StandingRow, User

IS_STUDENT: ColumnElement[bool] = and_(User.role == "student", User.active)
TOTALS = {"T": StandingRow.theory, "P": StandingRow.practice, "B": StandingRow.bonus, "final": StandingRow.final}
_BY_GROUP = (User.group, User.name, User.login)
_BY_NAME = (User.name, User.login)


@dataclass(frozen=True)
class Page:
    """One page: its people, its number, how many pages and people there are."""

    users: list[User]
    number: int
    pages: int
    total: int


def groups(session: Session, *, everybody: bool = False) -> list[str]:
    """The study groups of active students, or of ``everybody``; "" stands for those who are in none."""
    query = select(User.group).distinct().order_by(User.group)
    return list(session.scalars(query if everybody else query.where(IS_STUDENT)))


def page(
    session: Session,
    number: int,
    size: int,
    *,
    sort: str = "group",
    group: str | None = None,
    search: str = "",
    everybody: bool = False,
) -> Page:
    """A page of active students, or of ``everybody``; one that there is not is the nearest that there is.

    ``sort`` is group, name, one of TOTALS or an assignment's name, and with a minus before it downwards; those who have
    the same points stand by group and name. Points are those that are kept (`grader.store.standings.refresh_all`).
    """
    conditions = _conditions(session, group, search, everybody)
    total = session.scalar(select(func.count()).select_from(User).where(*conditions)) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    query = _ordered(sort).where(*conditions).offset((number - 1) * size).limit(size)
    ids = session.scalars(query).all()
    found = {user.id: user for user in session.scalars(select(User).where(User.id.in_(ids)))}
    return Page([found[one] for one in ids], number, pages, total)


def _conditions(session: Session, group: str | None, search: str, everybody: bool) -> list[ColumnElement[bool]]:
    conditions = [] if everybody else [IS_STUDENT]
    if group is not None:
        conditions.append(User.group == group)
    words = search.casefold().split()
    if words:
        names = session.execute(select(User.id, User.name, User.login).where(*conditions))
        conditions.append(User.id.in_([one for one, *texts in names if _fits(texts, words)]))
    return conditions


def _fits(texts: Sequence[str], words: Sequence[str]) -> bool:
    """Whether every word of a search is in the name or the login."""
    told = " ".join(texts).casefold()
    return all(word in told for word in words)


def _ordered(sort: str) -> Any:
    key, downwards = sort.removeprefix("-"), sort.startswith("-")
    if key in ("group", "name"):
        columns = _BY_GROUP if key == "group" else _BY_NAME
        return select(User.id).order_by(*(column.desc() if downwards else column for column in columns))
    if key in TOTALS:
        points: Any = TOTALS[key]
        query = select(User.id).join(StandingRow, StandingRow.user_id == User.id)
    else:
        points = KeptMark.points
        query = select(User.id).join(KeptMark, and_(KeptMark.user_id == User.id, KeptMark.assignment == key))
    return query.order_by(points.desc() if downwards else points, *_BY_GROUP)
