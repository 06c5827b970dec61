"""Extensions: the list, the form for one assignment or all of them, and many of them from a table."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from grader.core.course import CourseItem
from grader.core.errors import BadInput
from grader.staff import csv_file, entering, extension_plan, extensions, shown_solutions
from grader.staff.extension_plan import Wish
from grader.staff.extensions import Whom
from grader.staff.mark_changes import MarkChange, digest
from web import columns, refusals
from web.agreeing import keeps_used, settle
from web.refusals import stands_on
from web.rendering import language
from web.state import now, state

extending = Blueprint("extending", __name__, url_prefix="/marking/extensions")


@extending.get("")
def table() -> Any:
    with state().database.reading() as database:
        given, groups = extensions.extensions(database), extensions.groups(database)
    return render_template("marking/extensions.html", given=given, groups=groups, course=state().course)


@extending.post("")
@stands_on(table, "extend")
def extend() -> Any:
    form, course = request.form, state().course
    by = extension_plan.later(form.get("until", ""), form.get("days", ""), course.zone)

    def wishes(database: Session, whom: Whom) -> list[Wish]:
        return extension_plan.wishes(database, course, whom, form.get("name", ""), by, form.get("reason", ""))

    def reopens(database: Session) -> list[CourseItem]:
        return shown_solutions.by_wishes(database, wishes(database, _whom(database)), now())

    def change(database: Session) -> tuple[tuple[list[Wish], int], list[MarkChange]]:
        whom = _whom(database)
        wanted = wishes(database, whom)

        def give() -> tuple[list[Wish], int]:
            return wanted, extension_plan.give(database, wanted, actor=g.user, now=now())

        return extensions.changing(database, course, [whom], give, keep_used=keeps_used(), actor=g.user, now=now())

    back = url_for("extending.table")
    (_wanted, count), page = settle(change, back, may_keep=bool(form.get("group")), reopens=reopens)
    if page:
        return page
    flash(_("Deadlines changed: %(n)s.", n=count) if count else _("Nothing has changed."), "done")
    return redirect(url_for("extending.table"))


@extending.post("/withdraw")
@stands_on(table, "withdraw")
def withdraw() -> Any:
    def change(database: Session) -> tuple[None, list[MarkChange]]:
        whom, name = _whom(database), request.form.get("name", "")
        how: Any = {"actor": g.user, "now": now()}
        return extensions.changing(
            database,
            state().course,
            [whom],
            lambda: extensions.withdraw(database, whom, name, **how),
            keep_used=keeps_used(),
            **how,
        )

    _made, page = settle(change, url_for("extending.table"), may_keep=bool(request.form.get("group")))
    if page:
        return page
    flash(_("The extension is withdrawn."), "done")
    return redirect(url_for("extending.table"))


def _import_page() -> str:
    return render_template("marking/import_extensions.html", plan=None, columns=None)


@extending.route("/import", methods=["GET", "POST"])
@stands_on(_import_page, "import", most=columns.MOST_BYTES)
def bring() -> Any:
    """A file is looked at first; the plan's page brings its text back to be applied."""
    if request.method == "GET":
        return _import_page()
    text, course, agreed = columns.sent_text(), state().course, request.form.get("agreed", "")
    with state().database.writing() as database:
        said = columns.chosen(request.form, extension_plan.COLUMNS)
        try:
            plan = extension_plan.plan(database, text, course, chosen=said, language=language())
        except csv_file.NoColumns as error:
            refusals.tell(error.told(language()), "columns")
            asked = columns.form(error.names, error.places, extension_plan.COLUMNS)
            return render_template("marking/import_extensions.html", plan=None, columns=asked, text=text), 400
        changes = [] if plan.problems else extension_plan.whose(database, course, plan.wishes)
        reopened = shown_solutions.by_wishes(database, plan.wishes, now())
        shown = digest(changes, reopened)
        applied = agreed == shown and not plan.problems
        count = extension_plan.give(database, plan.wishes, actor=g.user, now=now()) if applied else 0
    if applied:
        flash(_("Deadlines changed: %(n)s.", n=count), "done")
        return redirect(url_for("extending.table"))
    if agreed:
        refusals.tell(_("Marks have changed meanwhile: look at it once more."), "apply")
    page = render_template(
        "marking/import_extensions.html",
        plan=plan,
        changes=changes,
        reopened=reopened,
        agreed=shown,
        text=text,
        notes=[note.told(language()) for note in plan.table.notes],
        columns=columns.form(plan.table.names, plan.table.places, extension_plan.COLUMNS),
    )
    return page, 400 if plan.problems or agreed else 200


def _whom(database: Session) -> Whom:
    """Of the two fields of the form one is filled in. Raises BadInput otherwise."""
    login, group = request.form.get("student", "").strip(), request.form.get("group", "").strip()
    if bool(login) == bool(group):
        raise BadInput("Fill in a student or a group.", ru="Укажите студента или группу, что-то одно.")
    return Whom(entering.student_by_login(database, login)) if login else Whom(group=group)
