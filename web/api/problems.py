"""Errors for programs: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, jsonify


def problem(code: int, detail: str = "") -> tuple[Response, int]:
    """An error as a problem: its title is the status's own, the detail says what to do."""
    response = jsonify({"type": "about:blank", "title": HTTPStatus(code).phrase, "status": code, "detail": detail})
    response.content_type = "application/problem+json"
    return response, code
