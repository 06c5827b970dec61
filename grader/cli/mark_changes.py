"""For commands that change deadlines: whose marks change is told before, and asked about where one gets lower."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.text import Text

from grader.cli.installation import Installation, now
from grader.cli.output import open_console, plain, print_rows
from grader.core import moments
from grader.core.errors import BadInput
from grader.core.report import number
from grader.core.scoring import rounded

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from grader.core.course import CourseItem
    from grader.staff.mark_changes import MarkChange, Side
    from grader.staff.used_extensions import Used

Made = TypeVar("Made")
_SAY_SO = "Marks get lower. If that is meant, say so by --may-lower."
PREVIEW = click.option("--preview", is_flag=True, help="Only tell whose marks change.")
_SHOWN = "Students could read the reference solution already"
_SAY_REOPEN = "If the deadline is meant to move all the same, say so by --may-reopen."
MAY_LOWER = click.option("--may-lower", is_flag=True, help="Do it also where marks get lower.")
MAY_REOPEN = click.option(
    "--may-reopen", is_flag=True, help="Do it also where students could read the reference solution already."
)


def settle(
    found: Installation,
    change: Callable[[Session], tuple[Made, list[MarkChange]]],
    *,
    preview: bool = False,
    may_lower: bool = False,
    reopens: Callable[[Session], Sequence[CourseItem]] = lambda session: (),
    may_reopen: bool = False,
) -> tuple[Made, bool]:
    """Make a change: what it returned, and whether it is made. Raises BadInput where somebody must say it is meant.

    Whose marks change is printed before, and of which assignments students could read the reference solution already:
    ``reopens`` is asked before the change. In a terminal it is asked; nothing is locked meanwhile, so what was agreed
    to must still be what would happen.
    """
    from grader.staff.mark_changes import attempt, digest

    reopened: list[CourseItem] = []

    def told(session: Session) -> tuple[Made, list[MarkChange]]:
        reopened[:] = reopens(session)
        return change(session)

    def agreed(changes: list[MarkChange]) -> bool:
        return not preview and not _doubts(changes, may_lower, reopened, may_reopen)

    made, changes, done = attempt(found.database, told, agreed)
    show(found, changes)
    tell_reopened(reopened)
    if done or preview:
        return made, done
    confirm(changes, may_lower, reopened, may_reopen)
    shown = digest(changes, reopened)
    made, _, done = attempt(found.database, told, lambda changes: digest(changes, reopened) == shown)
    if not done:
        raise BadInput("Nothing was changed: marks have changed meanwhile. Look once more.")
    return made, done


def show(found: Installation, changes: Iterable[MarkChange], kept: Iterable[Used] = ()) -> None:
    """A line for each mark that changes, and for each deadline that gets earlier or stays a student's."""
    rows = [
        (
            one.user.login,
            one.user.name,
            one.assignment,
            f"{_points(one.before)} -> {_points(one.after)}",
            _moved(found, one),
            Text("lower", style="red") if one.lower else "",
        )
        for one in changes
    ]
    if rows:
        print_rows(open_console(), ("login", "name", "assignment", "mark", "deadline", ""), rows)
    for used in kept:
        until = _until(found, used.deadline)
        open_console().print(plain(f"{used.user.login} keeps the deadline of {used.assignment}, already used: {until}"))


def to_json(changes: Iterable[MarkChange]) -> list[dict[str, Any]]:
    return [
        {
            "login": one.user.login,
            "assignment": one.assignment,
            "before": number(one.before.points),
            "after": number(one.after.points),
            "deadline_before": one.before.deadline.isoformat() if one.before.deadline else None,
            "deadline_after": one.after.deadline.isoformat() if one.after.deadline else None,
            "lower": one.lower,
            "earlier": one.earlier,
        }
        for one in changes
    ]


def tell_reopened(items: Iterable[CourseItem]) -> None:
    """A line for each assignment whose reference solution students could read, though uploads will count again."""
    for item in items:
        told = f"{item.name}: {_SHOWN}. It is hidden again as long as uploads count."
        open_console().print(plain(told), style="yellow")


def confirm(
    changes: Iterable[MarkChange], may_lower: bool, reopened: Sequence[CourseItem] = (), may_reopen: bool = False
) -> None:
    """Have somebody say that it is meant: asked in a terminal, else told by options. Raises BadInput."""
    doubts = _doubts(changes, may_lower, reopened, may_reopen)
    if doubts and sys.stdin.isatty():
        click.confirm("Do it all the same?", abort=True)
    elif doubts:
        raise BadInput(f"Nothing was changed. {' '.join(doubts)}")


def refuse(
    changes: Iterable[MarkChange], may_lower: bool, reopened: Sequence[CourseItem] = (), may_reopen: bool = False
) -> None:
    """Raise BadInput where options must say that it is meant, and do not."""
    if doubts := _doubts(changes, may_lower, reopened, may_reopen):
        raise BadInput(f"Nothing was changed. {' '.join(doubts)}")


def _doubts(
    changes: Iterable[MarkChange], may_lower: bool, reopened: Sequence[CourseItem], may_reopen: bool
) -> list[str]:
    """What somebody must say is meant."""
    lower = [_SAY_SO] if not may_lower and any(one.lower for one in changes) else []
    shown = [f"{_SHOWN}: {', '.join(item.name for item in reopened)}. {_SAY_REOPEN}"]
    return lower + (shown if reopened and not may_reopen else [])


def _points(side: Side) -> str:
    return "-" if side.mark is None or side.mark.state == "none" else f"{rounded(side.points)}"


def _moved(found: Installation, change: MarkChange) -> str:
    before, after = change.before.deadline, change.after.deadline
    return f"{_until(found, before)} -> {_until(found, after)}" if before != after else ""


def _until(found: Installation, deadline: Any) -> str:
    return "none" if deadline is None else moments.due(deadline, found.course.zone, "en", now())
