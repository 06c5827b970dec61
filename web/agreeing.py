"""Forms that change deadlines: whose marks change is shown first and agreed to; what changes none is done at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import render_template, request
from sqlalchemy.orm import Session

from grader.core.course import CourseItem
from grader.staff.mark_changes import MarkChange, attempt, digest
from web.state import state

Made = TypeVar("Made")
_OURS = ("csrf_token", "agreed", "keep_used")


def settle(
    change: Callable[[Session], tuple[Made, list[MarkChange]]],
    back: str,
    *,
    may_keep: bool = False,
    reopens: Callable[[Session], Sequence[CourseItem]] = lambda session: (),
) -> tuple[Made, str]:
    """Make a change: what it returned, and the page that asks for agreement where it is not made yet.

    Agreed is to what was shown and to nothing else. With ``may_keep`` the page offers to leave to a group's students
    what they have used; then no mark may get lower. ``reopens`` tells, before the change, of which assignments students
    could read the reference solution already, though uploads will count again.
    """
    reopened: list[CourseItem] = []

    def told(session: Session) -> tuple[Made, list[MarkChange]]:
        reopened[:] = reopens(session)
        return change(session)

    def agreed(changes: list[MarkChange]) -> bool:
        if keeps_used() and request.form.get("agreed"):
            return not any(one.lower for one in changes)
        return not (changes or reopened) or digest(changes, reopened) == request.form.get("agreed")

    made, changes, done = attempt(state().database, told, agreed)
    if done:
        return made, ""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _OURS]
    page = render_template(
        "marking/agree.html",
        changes=changes,
        reopened=reopened,
        fields=fields,
        agreed=digest(changes, reopened),
        back=back,
        may_keep=may_keep,
    )
    return made, page


def keeps_used() -> bool:
    """Whether what was used is to stay."""
    return request.form.get("keep_used") == "1"
