"""The extensions of assignments, whoever has them: what decides whether an assignment is closed.

Those of people who are not active, and of groups with nobody in them, count too: people come back, and change groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.core.closing import Granted, shows_solution
from grader.core.course import CourseItem
from grader.core.lateness import moment
from grader.store.models import Extension, GroupExtension

_TABLES = (Extension, GroupExtension)


def shown(session: Session, items: Collection[CourseItem], now: datetime) -> set[str]:
    """The names of those of which students may read the reference now.

    Nothing is asked of the database as long as the deadlines for all are to come.
    """
    over = [item for item in items if shows_solution(item, (), now)]
    latest = latest_extensions(session, [item.name for item in over]) if over else {}
    return {item.name for item in over if shows_solution(item, latest.get(item.name, ()), now)}


def latest_extensions(session: Session, names: Collection[str]) -> Mapping[str, list[datetime]]:
    """By assignment the latest deadlines that a person and a group have: two queries."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for table in _TABLES:
        latest = select(table.assignment, func.max(table.deadline)).where(table.assignment.in_(names))
        for name, deadline in session.execute(latest.group_by(table.assignment)):
            found[name].append(moment(deadline))
    return found


def granted(session: Session, names: Collection[str]) -> Mapping[str, list[Granted]]:
    """All extensions by assignment: two queries."""
    found: dict[str, list[Granted]] = defaultdict(list)
    for table in _TABLES:
        rows = select(table.assignment, table.deadline, table.created_at).where(table.assignment.in_(names))
        for name, deadline, since in session.execute(rows):
            found[name].append(Granted(moment(deadline), moment(since)))
    return found
