"""What the web logs of a request: its id, route, status, milliseconds; never a path, a query, a name or a content."""

from __future__ import annotations

import logging
import secrets
import time

from flask import Flask, Response, g, request

log = logging.getLogger("grader.web")

_OFTEN = {"static", "operations.health", "operations.ready", "operations.metrics"}  # told only where they fail


def register(app: Flask) -> None:
    """Number every request and log its end."""

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = secrets.token_hex(8), time.monotonic()

    @app.after_request
    def end(response: Response) -> Response:
        if request.endpoint not in _OFTEN or response.status_code >= 500:
            told = {"request": g.request_id, "route": request.endpoint or "none", "status": response.status_code}
            log.info("request", extra={**told, "milliseconds": round(1000 * seconds(), 1)})
        return response


def seconds() -> float:
    """How long this request has taken so far."""
    return time.monotonic() - float(g.began)
