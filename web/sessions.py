"""Who has logged in on a browser: a signed cookie with a person's id, the version of their sessions, and since when.

Nothing of it is kept here, so a cookie that was copied lives on until the person's version is raised: logging out,
a new password, another role and deactivation each raise it, and thereby end the person's sessions everywhere.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from flask import session
from sqlalchemy.orm import Session

from grader.store.engine import Database
from grader.store.models import User
from web.auth import devices

IDLE = timedelta(hours=8)  # the cookie itself is good for so long; every request renews it
LONGEST = timedelta(hours=24)


def begin(user: User, now: datetime) -> None:
    """A fresh session: nothing of an earlier one stays but the language."""
    language = session.get("language")
    session.clear()
    session.permanent = True
    session["user"], session["version"], session["since"] = user.id, user.session_version, int(now.timestamp())
    devices.remember(user)
    session["csrf_token"] = secrets.token_urlsafe(32)  # now: two pages that open at once would make one each
    if language:
        session["language"] = language


def end(database: Session, user: User) -> None:
    """End all of a person's sessions, wherever their cookies are, and forget their browsers but this one."""
    found = database.get_one(User, user.id, with_for_update=True)
    found.session_version += 1
    session.clear()
    devices.remember(found)


def person(database: Database, now: datetime) -> User | None:
    """Who has logged in, as long as that session lasts."""
    user_id, since = session.get("user"), session.get("since")
    if user_id is None or since is None or now.timestamp() - since > LONGEST.total_seconds():
        return None
    with database.reading() as reading:
        user = reading.get(User, user_id)
    good = user is not None and user.active and user.session_version == session.get("version")
    return user if good else None
