"""The pages of regrades: a view parses, calls one function, renders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from grader.staff import regrade_moves, regrades
from grader.staff.regrade_preview import overviews, preview
from web.refusals import stands_on
from web.state import now, state
from web.student.views import submission

regrades_pages = Blueprint("regrades", __name__, url_prefix="/regrades")

PAGE = 100
Decided = TypeVar("Decided")


@regrades_pages.get("/")
def table() -> Any:
    old = regrades.out_of_date(state().database, state().course)
    with state().database.reading() as database:
        listed = overviews(database)
    return render_template("regrades/table.html", old=old, listed=listed, course=state().course, which=regrades.WHICH)


def _page_of_start() -> Any:
    """A form on a submission's page asks for that one, a form on the list for an assignment's."""
    only = request.form.get("submission", "")
    return submission(only) if only else table()


@regrades_pages.post("/start")
@stands_on(_page_of_start, "regrade")
def start() -> Any:
    """Queue what a form asks for, and show how far it is."""
    started = regrades.start(
        state().database,
        state().course,
        request.form.get("name", ""),
        which=request.form.get("which", ""),
        only=request.form.get("submission", ""),
        everything="everything" in request.form,
        other_inputs="other_inputs" in request.form,
        why=request.form.get("reason", ""),
        actor=g.user,
        now=now(),
    )
    return redirect(url_for("regrades.show", regrade_id=started))


@regrades_pages.get("/<regrade_id>")
def show(regrade_id: str) -> Any:
    made = preview(state().database, state().course, regrade_id)
    pages = max(1, -(-len(made.changes) // PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = made.changes[(number - 1) * PAGE : number * PAGE]
    return render_template(
        "regrades/show.html", made=made, shown=shown, number=number, pages=pages, course=state().course
    )


@regrades_pages.post("/<regrade_id>/apply")
@stands_on(show, "apply")
def apply(regrade_id: str) -> Any:
    return _decide(regrade_moves.apply, regrade_id, _moved)


@regrades_pages.post("/<regrade_id>/roll-back")
@stands_on(show, "roll-back")
def roll_back(regrade_id: str) -> Any:
    return _decide(regrade_moves.roll_back, regrade_id, _moved)


@regrades_pages.post("/<regrade_id>/withdraw")
@stands_on(show, "withdraw")
def withdraw(regrade_id: str) -> Any:
    return _decide(regrade_moves.withdraw, regrade_id, _stopped)


def _decide(how: Callable[..., Decided], regrade_id: str, told: Callable[[Decided], str]) -> Any:
    """Do it, and say on the regrade's page what was done. Raises BadInput, which is told there too."""
    with state().database.writing() as database:
        done = how(database, regrade_id, actor=g.user, now=now())
    flash(told(done), "done")
    return redirect(url_for("regrades.show", regrade_id=regrade_id))


def _moved(moved: regrade_moves.Moved) -> str:
    told = _("%(moved)s submissions have another result now, %(changed)s of them another score.",
             moved=moved.moved, changed=moved.changed)  # fmt: skip
    return str(told)


def _stopped(stopped: int) -> str:
    return str(_("Withdrawn. Uploads that were still to be graded: %(n)s.", n=stopped))
