"""Who may call which route: one table, enforced before every request. A route without a row is refused.

Whose object it is, is checked where it is loaded (`grader.store.submissions.find`): a foreign one is as absent
as one that never was.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, current_app, g, redirect, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from grader.store import tokens
from grader.store.models import User
from web import sessions
from web.api.problems import problem
from web.state import now, state

ANYONE = "anyone"
PERSON = "person"  # whoever has logged in
STAFF = "staff"
INSTRUCTOR = "instructor"

VIEWED = "viewed"  # in a session of staff: the id of the student as whom they look (`web.viewing`)

TABLE: dict[str, str] = {
    "static": ANYONE,
    "auth.log_in": ANYONE,
    "auth.set_language": ANYONE,
    "auth.log_out": PERSON,
    "auth.account": PERSON,
    "auth.issue_token": PERSON,
    "auth.revoke_token": PERSON,
    "student.home": PERSON,
    "student.assignment": PERSON,
    "student.picture": PERSON,
    "student.solution": PERSON,
    "student.download": PERSON,
    "student.upload": PERSON,
    "student.submission": PERSON,
    "student.source": PERSON,
    "student.receipt": PERSON,
    "student.live": PERSON,
    "student.events": PERSON,
    "student.standing": PERSON,
    "student.transcript": PERSON,
    "glossary.page": PERSON,
    "gradebook.table": STAFF,
    "gradebook.export": STAFF,
    "gradebook.person": STAFF,
    "gradebook.transcript": STAFF,
    "gradebook.gradescope": STAFF,
    "marks.defend": STAFF,
    "marks.withdraw_defence": STAFF,
    "marks.enter_theory": INSTRUCTOR,
    "marks.give_bonus": INSTRUCTOR,
    "marks.revoke_bonus": INSTRUCTOR,
    "marks.override": INSTRUCTOR,
    "marks.clear_override": INSTRUCTOR,
    "marks.extend": INSTRUCTOR,
    "marks.withdraw_extension": INSTRUCTOR,
    "marking.defence_list": STAFF,
    "marking.theory_grid": INSTRUCTOR,
    "marking.save_theory": INSTRUCTOR,
    "extending.table": STAFF,
    "extending.extend": INSTRUCTOR,
    "extending.withdraw": INSTRUCTOR,
    "extending.bring": INSTRUCTOR,
    "codeforces.contests": INSTRUCTOR,
    "codeforces.bring": INSTRUCTOR,
    "similarity.choice": STAFF,
    "similarity.pair": STAFF,
    "people.table": INSTRUCTOR,
    "people.add": INSTRUCTOR,
    "people.account": INSTRUCTOR,
    "people.change": INSTRUCTOR,
    "people.set_active": INSTRUCTOR,
    "people.invite": INSTRUCTOR,
    "people.invite_all": INSTRUCTOR,
    "people.export": INSTRUCTOR,
    "people.remove": INSTRUCTOR,
    "people.import_roster": INSTRUCTOR,
    "people.invitation": ANYONE,
    "people.own_data": PERSON,
    "audit.log": STAFF,
    "statistics.table": STAFF,
    "statistics.assignment": STAFF,
    "regrades.table": STAFF,
    "regrades.show": STAFF,
    "regrades.start": INSTRUCTOR,
    "regrades.apply": INSTRUCTOR,
    "regrades.roll_back": INSTRUCTOR,
    "regrades.withdraw": INSTRUCTOR,
    "viewing.begin": STAFF,
    "viewing.leave": STAFF,
    "operations.health": ANYONE,
    "operations.ready": ANYONE,
    "operations.metrics": ANYONE,  # the view itself asks for a token or staff
    "operations.status": STAFF,
    "operations.retry": INSTRUCTOR,
    "operations.give_back": INSTRUCTOR,
    "operations.send_back": INSTRUCTOR,
    "mail.table": INSTRUCTOR,
    "mail.again": INSTRUCTOR,
    "mail.set_reminders": PERSON,
    "api.create_token": ANYONE,
    "api.get_document": ANYONE,
    "api.get_receipt_key": ANYONE,
    "api.revoke_token": PERSON,
    "api.get_person": PERSON,
    "api.list_assignments": PERSON,
    "api.get_assignment": PERSON,
    "api.get_statement": PERSON,
    "api.get_files": PERSON,
    "api.get_solution": PERSON,
    "api.create_submission": PERSON,
    "api.list_submissions": PERSON,
    "api.get_submission": PERSON,
    "api.get_progress": PERSON,
    "api.get_receipt": PERSON,
    "api.get_file": PERSON,
    "api.get_grades": PERSON,
    "api.what_if": PERSON,
    "api.get_gradebook": STAFF,
    "api.export_gradebook": STAFF,
    "api.list_people": STAFF,
    "api.get_sheet": STAFF,
    "api.mark_defended": STAFF,
    "api.withdraw_defence": STAFF,
    "api.set_theory": INSTRUCTOR,
    "api.add_bonus": INSTRUCTOR,
    "api.revoke_bonus": INSTRUCTOR,
    "api.extend": INSTRUCTOR,
    "api.withdraw_extension": INSTRUCTOR,
    "api.extend_group": INSTRUCTOR,
    "api.set_override": INSTRUCTOR,
    "api.clear_override": INSTRUCTOR,
}

# What a token must be good for, by route of the interface; ANY: whatever it is good for.
ANY = "any"
SCOPES: dict[str, str] = {
    "api.revoke_token": ANY,
    "api.get_person": ANY,
    "api.list_assignments": tokens.READ,
    "api.get_assignment": tokens.READ,
    "api.get_statement": tokens.READ,
    "api.get_files": tokens.READ,
    "api.get_solution": tokens.READ,
    "api.create_submission": tokens.SUBMIT,
    "api.list_submissions": tokens.READ,
    "api.get_submission": tokens.READ,
    "api.get_progress": tokens.READ,
    "api.get_receipt": tokens.READ,
    "api.get_file": tokens.READ,
    "api.get_grades": tokens.READ,
    "api.what_if": tokens.READ,
    "api.get_gradebook": tokens.STAFF,
    "api.export_gradebook": tokens.STAFF,
    "api.list_people": tokens.STAFF,
    "api.get_sheet": tokens.STAFF,
    "api.mark_defended": tokens.STAFF,
    "api.withdraw_defence": tokens.STAFF,
    "api.set_theory": tokens.STAFF,
    "api.add_bonus": tokens.STAFF,
    "api.revoke_bonus": tokens.STAFF,
    "api.extend": tokens.STAFF,
    "api.withdraw_extension": tokens.STAFF,
    "api.extend_group": tokens.STAFF,
    "api.set_override": tokens.STAFF,
    "api.clear_override": tokens.STAFF,
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
    if request.path.startswith("/api/"):
        return _enforce_token()
    g.user, g.behind = sessions.person(state().database, now()), None
    need = TABLE.get(request.endpoint or "")
    if need is None:
        abort(404)
    if g.user is not None and g.user.is_staff and session.get(VIEWED):
        _look_as_student(session[VIEWED])
    if g.behind is not None and not _shown_to_viewers():
        abort(403)
    if allowed(g.behind or g.user, need):
        return None
    if g.user is None:
        if request.method in ("GET", "HEAD") or request.endpoint == "auth.log_out":
            target = request.full_path if request.method == "GET" else None
            return redirect(url_for("auth.log_in", next=target))
        abort(401)  # a form, from a page that was open when the session ended
    abort(404)


def _enforce_token() -> Any:
    """For programs: a good token of somebody who may, with the scope that the route asks for."""
    held = _by_token()
    g.user, g.token, g.scopes = (held.user, held.token, held.scopes) if held else (None, None, frozenset())
    if request.routing_exception is not None:
        raise request.routing_exception
    endpoint = request.endpoint or ""
    need, scope = TABLE.get(endpoint), SCOPES.get(endpoint)
    if need is None:
        abort(404)
    if need == ANYONE:
        return None
    if held is None:
        abort(401)
    if scope is None or (scope != ANY and scope not in held.scopes):
        return problem(403, _("This token lacks the scope %(scope)s.", scope=scope or "-"))
    if not allowed(held.user, need):
        return problem(403, _("This is not for you."))
    return None


def _look_as_student(user_id: str) -> None:
    """From here on the student is the reader of this request; ``g.behind`` is who really looks."""
    with state().database.reading() as database:
        viewed = database.get(User, user_id)
    if viewed is not None and viewed.role == "student":
        g.user, g.behind = viewed, g.user


def _shown_to_viewers() -> bool:
    """What the student reads, and the ways out."""
    endpoint = request.endpoint or ""
    if endpoint in ("static", "glossary.page", "viewing.leave", "auth.log_out"):
        return True
    return endpoint.startswith("student.") and request.method in ("GET", "HEAD")


def _by_token() -> tokens.Held | None:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return None
    at = now()
    with state().database.reading() as database:
        held = tokens.find(database, secret, at)
    if held is not None and tokens.stale(held.token, at):
        _note_use(held, at)
    return held


def _note_use(held: tokens.Held, at: datetime) -> None:
    """A database that takes no writes just now must not stop a program that only reads."""
    try:
        with state().database.writing() as database:
            tokens.note_use(database, held.token, at)
    except OperationalError:
        current_app.logger.warning("the last use of a token could not be written down")
