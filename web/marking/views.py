"""The lists in which staff enter marks: defences, and the grid of theory points. Extensions are beside it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from grader.staff import defences, theory
from grader.store import listing
from web import refusals
from web.refusals import stands_on
from web.rendering import language
from web.state import now, state

marking = Blueprint("marking", __name__, url_prefix="/marking")

PAGE = 100
LATEST = 20


@marking.get("/defences")
def defence_list() -> Any:
    group, lab = request.values.get("group") or None, request.values.get("lab") or None
    page = defences.waiting_page(
        state().database, state().course, group=group, lab=lab, number=_page_number(), size=PAGE
    )
    with state().database.reading() as database:
        groups = listing.groups(database)
        marked = defences.defences(database, group=group, lab=lab, most=LATEST)
    return render_template(
        "marking/defences.html",
        waiting=page.lines,
        total=page.total,
        number=page.number,
        pages_count=page.pages,
        marked=marked,
        groups=groups,
        group=group,
        lab=lab,
        course=state().course,
    )


@marking.get("/theory")
def theory_grid() -> Any:
    return _grid(request.args.get("group"))


def _typed_grid() -> Any:
    return _grid(request.form.get("group"), _entries())


@marking.post("/theory")
@stands_on(_typed_grid, "grid")
def save_theory() -> Any:
    entries = _entries()
    with state().database.writing() as database:
        changed, faults = theory.save(database, entries, state().course.formula, actor=g.user, now=now())
    if faults:
        refusals.tell(_("Nothing was saved: see the fields that are marked."), "grid")
        return _grid(request.form.get("group"), entries, faults), 400
    flash(_("Students changed: %(n)s.", n=changed), "done")
    return redirect(url_for("marking.theory_grid", group=request.form.get("group"), page=request.form.get("page")))


def _grid(
    group: str | None, entries: list[theory.Entry] | None = None, faults: list[theory.Fault] | None = None
) -> Any:
    """The grid of a group; with what was typed, where that could not be saved."""
    with state().database.reading() as database:
        groups = listing.groups(database)
        group = group if group in groups else next(iter(groups), "")
        page = listing.page(database, _page_number(), PAGE, group=group)
        kept = theory.kept(database, [user.id for user in page.users])
    typed = {entry.user_id: entry.typed for entry in entries or [] if entry.typed != entry.was}
    return render_template(
        "marking/theory.html",
        users=page.users,
        kept=kept,
        typed=typed,
        faults={(fault.user_id, fault.column): fault.error.told(language()) for fault in faults or []},
        groups=groups,
        group=group,
        number=page.number,
        pages_count=page.pages,
        most={column: getattr(state().course.formula, column) for column in theory.COLUMNS},
    )


def _entries() -> list[theory.Entry]:
    return [_entry(user_id) for user_id in request.form.getlist("student")[:PAGE]]


def _entry(user_id: str) -> theory.Entry:
    """A row of the grid's form."""
    typed = {column: request.form.get(f"{column}-{user_id}", "") for column in theory.COLUMNS}
    was = {column: request.form.get(f"was-{column}-{user_id}", "") for column in theory.COLUMNS}
    return theory.Entry(user_id, typed, was)


def _page_number() -> int:
    """The page of rows that was asked for."""
    return request.values.get("page", 1, type=int)
