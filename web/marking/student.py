"""What staff enter about one student: a form each, from the student's sheet or from a list; then back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from grader.core.course import CourseItem
from grader.core.errors import BadInput
from grader.staff import bonus, defences, entering, extensions, overrides, shown_solutions, theory
from grader.staff.extensions import Whom
from grader.staff.mark_changes import MarkChange
from grader.store.models import User
from web.agreeing import settle
from web.gradebook.views import person
from web.marking.views import defence_list
from web.refusals import stands_on
from web.rendering import language
from web.state import now, state

marks = Blueprint("marks", __name__, url_prefix="/gradebook/people/<user_id>")


def _page(user_id: str, name: str = "") -> Any:
    """The page on which the form stood: the list of defences, or the student's sheet."""
    return defence_list() if request.form.get("back") == "defences" else person(user_id)


@marks.post("/theory")
@stands_on(_page, "theory")
def enter_theory(user_id: str) -> Any:
    def change(database: Session, user: User) -> None:
        typed = {column: request.form.get(column, "") for column in theory.COLUMNS}
        was = {column: request.form[f"was-{column}"] for column in theory.COLUMNS if f"was-{column}" in request.form}
        entry = theory.Entry(user.id, typed, was or None)
        _, faults = theory.save(database, [entry], state().course.formula, actor=g.user, now=now())
        if faults:
            raise faults[0].error

    return _change(user_id, change)


@marks.post("/bonus")
@stands_on(_page, "bonus")
def give_bonus(user_id: str) -> Any:
    def change(database: Session, user: User) -> None:
        form = request.form
        points = entering.points(bonus.POINTS, form.get("points", ""), None)
        kind, link = form.get("kind", "other"), form.get("link", "")
        bonus.add_bonus(database, user, points, form.get("reason", ""), kind=kind, link=link, actor=g.user, now=now())

    return _change(user_id, change)


@marks.post("/bonus/revoke")
@stands_on(_page, "revoke")
def revoke_bonus(user_id: str) -> Any:
    def change(database: Session, user: User) -> None:
        bonus.revoke_bonus(database, request.form.get("entry", ""), actor=g.user, now=now())

    return _change(user_id, change)


@marks.post("/override")
@stands_on(_page, "override")
def override(user_id: str) -> Any:
    def change(database: Session, user: User) -> None:
        item = entering.item(state().course, request.form.get("name", ""))
        points = entering.points(overrides.POINTS, request.form.get("points", ""), item.points)
        overrides.set_override(database, user, item, points, request.form.get("reason", ""), actor=g.user, now=now())

    return _change(user_id, change)


@marks.post("/override/clear")
@stands_on(_page, "clear")
def clear_override(user_id: str) -> Any:
    def change(database: Session, user: User) -> None:
        overrides.clear_override(database, user, request.form.get("name", ""), actor=g.user, now=now())

    return _change(user_id, change)


@marks.post("/extension")
@stands_on(_page, "extension")
def extend(user_id: str) -> Any:
    def asked() -> tuple[CourseItem, datetime]:
        item = entering.item(state().course, request.form.get("name", ""))
        return item, entering.time(extensions.UNTIL, request.form.get("until", ""), state().course.zone)

    def change(database: Session, user: User) -> None:
        why = request.form.get("reason", "")
        extensions.extend(database, Whom(user), *asked(), why, actor=g.user, now=now())

    return _change_deadline(user_id, change, lambda database: shown_solutions.by_extensions(database, [asked()], now()))


@marks.post("/extension/withdraw")
@stands_on(_page, "withdraw")
def withdraw_extension(user_id: str) -> Any:
    def change(database: Session, user: User) -> None:
        extensions.withdraw(database, Whom(user), request.form.get("name", ""), actor=g.user, now=now())

    return _change_deadline(user_id, change)


@marks.post("/defence/<path:name>")
@stands_on(_page, "defence")
def defend(user_id: str, name: str) -> Any:
    def change(database: Session, user: User) -> None:
        typed, note = request.form.get("share", "").strip(), request.form.get("note", "")
        share = entering.points(defences.SHARE, typed, Fraction(1)) if typed else Fraction(1)
        again = request.form.get("back") != "defences"
        lab = entering.lab(state().course, name)
        defences.mark_defended(database, user, lab, share=share, note=note, again=again, actor=g.user, now=now())

    return _change(user_id, change)


@marks.post("/undefended/<path:name>")
@stands_on(_page, "undefended")
def withdraw_defence(user_id: str, name: str) -> Any:
    def change(database: Session, user: User) -> None:
        defences.withdraw(database, user, name, actor=g.user, now=now())

    return _change(user_id, change)


def _change(user_id: str, change: Callable[[Session, User], None]) -> Any:
    """Do a change and go back to where the form stood. Raises BadInput, which is told there, and nothing changes.

    A script asks for JSON and stays on its page.
    """
    asks_for_json = request.accept_mimetypes.best == "application/json"
    try:
        with state().database.writing() as database:
            change(database, entering.student(database, user_id))
    except BadInput as error:
        if not asks_for_json:
            raise
        return {"good": False, "said": error.told(language())}, 400
    if asks_for_json:
        return {"good": True, "said": _("Saved.")}
    flash(_("Saved."), "done")
    return redirect(_back(user_id))


def _change_deadline(
    user_id: str,
    change: Callable[[Session, User], None],
    reopens: Callable[[Session], Sequence[CourseItem]] = lambda session: (),
) -> Any:
    """The same for a deadline; where marks change by it, or a solution was shown already, this is told first."""

    def made(database: Session) -> tuple[None, list[MarkChange]]:
        user = entering.student(database, user_id)
        how: Any = {"actor": g.user, "now": now()}
        return extensions.changing(database, state().course, [Whom(user)], lambda: change(database, user), **how)

    _made, page = settle(made, _back(user_id), reopens=reopens)
    if page:
        return page
    flash(_("Saved."), "done")
    return redirect(_back(user_id))


def _back(user_id: str) -> str:
    if request.form.get("back") == "defences":
        group, lab = request.form.get("group") or None, request.form.get("lab") or None
        return url_for("marking.defence_list", group=group, lab=lab)
    return url_for("gradebook.person", user_id=user_id)
