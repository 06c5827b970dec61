"""The page on which staff bring results from Codeforces. It makes no requests: answers come as files."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from grader.core.codeforces import read
from grader.core.codeforces_found import Found, packed, unpacked
from grader.core.course import Contest
from grader.core.errors import BadInput
from grader.staff import codeforces as rules
from grader.staff.codeforces_withdrawals import WHY
from web.refusals import stands_on
from web.state import now, state

codeforces = Blueprint("codeforces", __name__, url_prefix="/codeforces")

MOST_CARRIED = 450_000  # characters: what was found comes back with the button that applies it


@codeforces.get("/")
def contests() -> Any:
    return _page()


@codeforces.post("/")
@stands_on(contests, "bring")
def bring() -> Any:
    """Files are looked at first; what was found in them comes back with the button that applies it."""
    item, contest = rules.contest_item(state().course, request.form.get("item", ""))
    carried = request.form.get("found", "")
    found = unpacked(carried) if carried else _of_files(contest)
    with state().database.writing() as database:
        plan = rules.plan(database, item, found)
        count = rules.apply(database, plan, actor=g.user, now=now()) if carried else 0
        text = packed(found.of(rules.concerned(database, item)))
    if carried:
        flash(_("Students changed: %(n)s.", n=count), "done")
        return redirect(url_for("codeforces.contests"))
    return _page(plan=plan, contest=contest, found=text if len(text) <= MOST_CARRIED else "")


def _page(**more: Any) -> Any:
    items = [item for item in state().course.items if item.contest is not None]
    return render_template("codeforces/contests.html", items=items, why=WHY, **{"plan": None, **more})


def _of_files(contest: Contest) -> Found:
    """What the uploaded answers tell. Raises BadInput naming the file that is wrong."""
    found, files = Found(), [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise BadInput("Choose a file first.", ru="Сначала выберите файл.")
    for file in files:
        try:
            found |= read(json.loads(file.read()), contest)
        except ValueError as error:
            raise BadInput(f"{file.filename} is no JSON.", ru=f"{file.filename}: это не JSON.") from error
    return found
