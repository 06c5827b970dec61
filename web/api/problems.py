"""Errors for programs: ``application/problem+json`` (RFC 9457), in the language that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Response, jsonify
from flask_babel import lazy_gettext as _

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: _("The request is not right"),
    401: _("A good token is needed"),
    403: _("This is not allowed"),
    404: _("There is no such thing"),
    405: _("There is no such method here"),
    413: _("The file is too large"),
    415: _("This kind of content is not understood"),
    429: _("Too many requests"),
    500: _("The server failed"),
    503: _("The server is busy"),
}
DETAILS = {
    401: _("Send a personal token that is neither expired nor revoked: Authorization: Bearer TOKEN."),
    404: _("It does not exist, or it is not yours."),
    429: _("Wait a minute and try again."),
    500: _("It is our fault. Nothing that was acknowledged is lost. Try again in a moment."),
}


def problem(code: int, detail: str = "", errors: Sequence[tuple[str, str]] = ()) -> tuple[Response, int]:
    """An error as a problem: what kind it is, what to do, and for bad input which fields are wrong."""
    title = str(TITLES.get(code) or HTTPStatus(code).phrase)
    told = {"type": "about:blank", "title": title, "status": code, "detail": detail or str(DETAILS.get(code, title))}
    if errors:
        told["errors"] = [{"field": field, "detail": text} for field, text in errors]
    response = jsonify(told)
    response.content_type = CONTENT_TYPE
    return response, code
