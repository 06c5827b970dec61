"""The gradebook's pages, for staff. What they change there is `web.marking`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from grader.staff.sheet import sheet_of
from grader.store.models import BONUS_KINDS
from web.gradebook import service
from web.state import state

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
    sheet = sheet_of(state().database, state().course, user_id)
    if sheet is None:
        abort(404)
    return render_template("gradebook/person.html", sheet=sheet, course=state().course, kinds=BONUS_KINDS)
