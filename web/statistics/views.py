"""The pages of statistics, for staff."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from grader.staff.statistics import details, overview
from web.state import state

statistics = Blueprint("statistics", __name__, url_prefix="/statistics")


@statistics.get("/")
def table() -> Any:
    return render_template("statistics/table.html", whole=overview(state().database, state().course))


@statistics.get("/<path:name>")
def assignment(name: str) -> Any:
    return render_template("statistics/assignment.html", one=details(state().database, state().course, name))
