"""Who may call which route: one table, enforced before every request. A route without a row is refused.

Whose object it is, is checked where it is loaded (`grader.store.submissions.find`): a foreign one is as absent
as one that never was.
"""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, request, session, url_for

from grader.store import people
from grader.store.models import User
from web.state import now, state

ANYONE = "anyone"
PERSON = "person"  # whoever has logged in
STAFF = "staff"
INSTRUCTOR = "instructor"

TABLE: dict[str, str] = {
    "static": ANYONE,
    "auth.log_in": ANYONE,
    "auth.set_language": ANYONE,
    "auth.log_out": PERSON,
    "auth.account": PERSON,
    "student.home": PERSON,
    "student.assignment": PERSON,
    "student.download": PERSON,
    "student.upload": PERSON,
    "student.submission": PERSON,
    "student.source": PERSON,
    "student.live": PERSON,
    "student.events": PERSON,
    "student.standing": PERSON,
    "gradebook.table": STAFF,
    "gradebook.export": STAFF,
    "gradebook.person": STAFF,
    "gradebook.defend": STAFF,
    "gradebook.theory": INSTRUCTOR,
    "gradebook.bonus": INSTRUCTOR,
    "operations.health": ANYONE,
    "operations.status": STAFF,
    "operations.retry": INSTRUCTOR,
    "api.create_token": ANYONE,
    "api.list_assignments": PERSON,
    "api.create_submission": PERSON,
    "api.get_submission": PERSON,
    "api.list_submissions": PERSON,
    "api.get_grades": PERSON,
}


def allowed(user: User | None, need: str) -> bool:
    """Whether this person (None: nobody has logged in) meets a need of the table."""
    if need == ANYONE:
        return True
    if user is None:
        return False
    return need == PERSON or (need == STAFF and user.is_staff) or (need == INSTRUCTOR and user.role == "instructor")


def enforce() -> Any:
    """Before each request: who is it, and may they."""
    api = request.path.startswith("/api/")
    g.user = _by_token() if api else _by_session()
    need = TABLE.get(request.endpoint or "")
    if need is None:
        abort(404)
    if allowed(g.user, need):
        return None
    if g.user is None:
        if api:
            abort(401)
        target = request.full_path if request.method == "GET" else None
        return redirect(url_for("auth.log_in", next=target))
    abort(404)


def _by_session() -> User | None:
    user_id = session.get("user")
    if user_id is None:
        return None
    with state().database.reading() as database:
        user = database.get(User, user_id)
    good = user is not None and user.active and user.session_version == session.get("version")
    return user if good else None


def _by_token() -> User | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    with state().database.reading() as database:
        return people.by_token(database, token, now())
