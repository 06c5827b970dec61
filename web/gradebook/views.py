"""The gradebook's pages, for staff."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from grader.core.errors import BadInput
from grader.store import submissions
from web.gradebook import service
from web.rendering import language
from web.state import now, state

gradebook = Blueprint("gradebook", __name__, url_prefix="/gradebook")


@gradebook.get("/")
def table() -> Any:
    sort, number = request.args.get("sort", "group"), request.args.get("page", 1, type=int)
    page = service.page(state().database, state().course, sort=sort, number=number)
    return render_template("gradebook/table.html", page=page, course=state().course)


@gradebook.get("/export.csv")
def export() -> Any:
    text = service.as_csv(service.all_lines(state().database, state().course), state().course)
    response = Response("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="gradebook.csv")
    return response


@gradebook.get("/people/<user_id>")
def person(user_id: str) -> Any:
    line = service.person(state().database, state().course, user_id)
    if line is None:
        abort(404)
    with state().database.reading() as database:
        uploads = submissions.of_student(database, user_id)
    return render_template("gradebook/person.html", line=line, uploads=uploads, course=state().course)


@gradebook.post("/people/<user_id>/theory")
def theory(user_id: str) -> Any:
    def enter(database: Any) -> None:
        fields = {name: request.form.get(name, "") for name in ("test", "minimum", "ticket")}
        service.enter_theory(database, user_id, **fields, actor=g.user, now=now())

    return _change(user_id, enter)


@gradebook.post("/people/<user_id>/bonus")
def bonus(user_id: str) -> Any:
    def give(database: Any) -> None:
        points, reason = request.form.get("points", ""), request.form.get("reason", "")
        service.give_bonus(database, user_id, points=points, reason=reason, actor=g.user, now=now())

    return _change(user_id, give)


@gradebook.post("/people/<user_id>/defence/<path:name>")
def defend(user_id: str, name: str) -> Any:
    def mark(database: Any) -> None:
        share = request.form.get("share", "1")
        service.defend(database, state().course, user_id, name, share=share, actor=g.user, now=now())

    return _change(user_id, mark)


def _change(user_id: str, change: Any) -> Any:
    """Do a change and go back to the student; what is wrong with the input is told there, and nothing changes."""
    try:
        with state().database.writing() as database:
            change(database)
        flash(_("Saved."), "done")
    except BadInput as error:
        flash(error.told(language()), "error")
    return redirect(url_for("gradebook.person", user_id=user_id))
