"""Begin to see the pages as a student, and leave again.

What is remembered is the student's id, in the session of the member of staff. From then on `permissions` makes the
student the reader of every page, so the same functions decide what is shown; only the student's pages are there, and
only to be read.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, session, url_for

from grader.store.models import User
from web.permissions import VIEWED
from web.state import state

viewing = Blueprint("viewing", __name__, url_prefix="/viewing")


@viewing.post("/begin/<user_id>")
def begin(user_id: str) -> Any:
    with state().database.reading() as database:
        user = database.get(User, user_id)
    if user is None or user.role != "student":
        abort(404)
    session[VIEWED] = user.id
    return redirect(url_for("student.home"))


@viewing.post("/leave")
def leave() -> Any:
    """Back to the student's sheet; there may be nothing to leave any more."""
    viewed = session.pop(VIEWED, None)
    return redirect(url_for("gradebook.person", user_id=viewed) if viewed else url_for("gradebook.table"))
