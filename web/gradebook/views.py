"""The gradebook's pages, for staff. What they change there is `web.marking`."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from grader.reports.gradescope import to_gradescope
from grader.staff import gradebook as files
from grader.staff.sheet import sheet_of
from grader.store.models import BONUS_KINDS, User
from web.gradebook import service
from web.rendering import language
from web.state import now, state

gradebook = Blueprint("gradebook", __name__, url_prefix="/gradebook")


@gradebook.get("/")
def table() -> Any:
    wish = service.Wish(
        sort=request.args.get("sort", "group"),
        group=request.args.get("group", ""),
        search=request.args.get("search", "")[:100],
        number=request.args.get("page", 1, type=int),
    )
    page = service.page(state().database, state().course, wish)
    return render_template("gradebook/table.html", page=page, wish=page.wish, course=state().course)


@gradebook.get(f"/export/<any({','.join(files.FORMATS)}):kind>")
def export(kind: str) -> Any:
    """The gradebook as a file to save."""
    content = files.export(state().database, state().course, kind, language=language())
    ending, mime = files.FORMATS[kind]
    response = Response(content, content_type=mime)
    name = f"gradebook.{ending}" if kind == ending else f"{kind}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@gradebook.get("/people/<user_id>")
def person(user_id: str) -> Any:
    sheet = sheet_of(state().database, state().course, user_id)
    if sheet is None:
        abort(404)
    return render_template("gradebook/person.html", sheet=sheet, course=state().course, kinds=BONUS_KINDS)


@gradebook.get("/people/<user_id>/transcript")
def transcript(user_id: str) -> Any:
    """A student's transcript, to print."""
    with state().database.reading() as database:
        user = database.get(User, user_id)
        if user is None:
            abort(404)
        made = files.transcript_of(database, state().course, user, now())
    return render_template("student/transcript.html", made=made, course=state().course)


@gradebook.get("/submissions/<submission_id>/results.json")
def gradescope(submission_id: str) -> Any:
    """A submission's report as Gradescope's results.json, to save."""
    with state().database.reading() as database:
        report = files.report_on(database, submission_id)
    content = json.dumps(to_gradescope(report, language=language()), ensure_ascii=False, indent=1)
    response = Response(content, content_type="application/json")
    response.headers.set("Content-Disposition", "attachment", filename="results.json")
    return response
