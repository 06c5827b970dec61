"""Browsers in which somebody has logged in: a signed cookie that lets its owner try a password among many wrong ones.

It is no session and opens nothing: a password is needed all the same. It is good for one person, until half a year has
gone or the person's sessions are ended everywhere; the browser in which that was asked for is remembered anew.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

from grader.store.models import User

SECONDS = 180 * 24 * 3600
_SALT = "grader-browser"


def remember(user: User) -> None:
    """With the answer to this request, remember the browser as one of this person's."""
    g.remembered = [user.id, user.session_version, _name_for(user) or secrets.token_urlsafe(12)]


def known(user: User | None) -> str | None:
    """The browser's name, where this person has logged in in it."""
    found = _cookie()
    if user is None or found is None or found[:2] != [user.id, user.session_version]:
        return None
    return str(found[2])


class BothCookies(SecureCookieSessionInterface):
    """Sets the session's cookie, and after it the browser's with the answers to requests that asked for it."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        super().save_session(app, session, response)
        if (told := g.pop("remembered", None)) is not None:
            response.set_cookie(
                _cookie_name(),
                _signer().dumps(told),
                max_age=SECONDS,
                path="/",
                secure=self.get_cookie_secure(app),
                httponly=True,
                samesite="Lax",
            )


def _name_for(user: User) -> str | None:
    """The name that this browser has with this person, of whatever version: it counts on under that."""
    found = _cookie()
    return str(found[2]) if found is not None and found[0] == user.id else None


def _cookie() -> list[object] | None:
    try:
        found = _signer().loads(request.cookies.get(_cookie_name(), ""), max_age=SECONDS)
    except BadSignature:
        return None
    return found if isinstance(found, list) and len(found) == 3 else None


def _cookie_name() -> str:
    return str(current_app.config["SESSION_COOKIE_NAME"]) + "-browser"


def _signer() -> URLSafeTimedSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt=_SALT)
