"""The ranked list of an assignment, and two submissions beside each other."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from grader.core.errors import BadInput
from grader.staff.similarity import alike, beside, judged_here
from web.rendering import language
from web.state import state

similarity = Blueprint("similarity", __name__, url_prefix="/similarity")

MOST = 100


@similarity.get("/")
def choice() -> Any:
    """The list of the assignment that was chosen; before that only the choice."""
    items = [item for item in state().course.items if item.assignment is not None]
    name = request.args.get("assignment", "")
    if not name:
        return render_template("similarity/pairs.html", items=items, name="", compared=0, pairs=[])
    try:
        compared, pairs = alike(state().database, state().course, name)
    except BadInput:
        abort(404)
    return render_template("similarity/pairs.html", items=items, name=name, compared=compared, pairs=pairs[:MOST])


@similarity.get("/<first>/<second>/<path:name>")
def pair(first: str, second: str, name: str) -> Any:
    try:
        item, _assignment = judged_here(state().course, name)
    except BadInput:
        abort(404)
    try:
        sides = beside(state().database, state().course, name, first, second)
    except BadInput as error:
        return render_template("error.html", code=404, message=error.told(language())), 404
    return render_template("similarity/pair.html", item=item, sides=sides)
