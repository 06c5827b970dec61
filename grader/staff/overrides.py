"""Overrides: points that staff set for an item, with a reason, above whatever was computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from grader.core.course import CourseItem
from grader.core.errors import BadInput
from grader.staff.entering import Name, checked, lock, reason, student
from grader.store import audit
from grader.store.models import OverrideMark, User
from grader.store.records import touch

POINTS = Name("points", "баллы")


@dataclass(frozen=True)
class Given:
    """An override, whose mark it stands above, and who set it."""

    mark: OverrideMark
    user: User
    by: User


def set_override(
    session: Session, user: User, item: CourseItem, points: Fraction, why: str, *, actor: User, now: datetime
) -> bool:
    """Set the points of an item, 0 to all of them; whether anything changed. Raises BadInput."""
    checked(POINTS, points, item.points)
    told = reason(why)
    student(session, user.id)
    lock(session, [user.id])
    mark = session.get(OverrideMark, (user.id, item.name), populate_existing=True)
    before = None if mark is None else _json(mark)
    if mark is None:
        mark = OverrideMark(user_id=user.id, assignment=item.name)
        session.add(mark)
    elif (mark.points, mark.reason) == (points, told):
        return False
    mark.points, mark.reason, mark.given_by, mark.at = points, told, actor.id, now
    touch(session, [user.id])
    subject = f"{user.id}/{item.name}"
    audit.append(session, actor.id, "override.set", subject, before, _json(mark), now=now, reason=told)
    return True


def clear_override(session: Session, user: User, assignment: str, *, why: str = "", actor: User, now: datetime) -> None:
    """Let the computed points count again. Raises BadInput where nothing was set."""
    lock(session, [user.id])
    mark = session.get(OverrideMark, (user.id, assignment), populate_existing=True)
    if mark is None:
        raise BadInput("These points are not overridden.", ru="Эти баллы не были заданы вручную.")
    session.delete(mark)
    session.flush()
    touch(session, [user.id])
    told = reason(why) if why.strip() else ""
    subject = f"{user.id}/{assignment}"
    audit.append(session, actor.id, "override.cleared", subject, _json(mark), None, now=now, reason=told)


def overrides(session: Session, user_id: str | None = None) -> list[Given]:
    """All overrides that hold, of a student or of everybody, newest first."""
    giver = aliased(User)
    query = (
        select(OverrideMark, User, giver)
        .join(User, User.id == OverrideMark.user_id)
        .join(giver, giver.id == OverrideMark.given_by)
        .order_by(OverrideMark.at.desc(), User.login, OverrideMark.assignment)
    )
    if user_id is not None:
        query = query.where(OverrideMark.user_id == user_id)
    return [Given(mark, user, by) for mark, user, by in session.execute(query)]


def _json(mark: OverrideMark) -> dict[str, str]:
    return {"points": str(mark.points)}
