"""What the web counts for Prometheus: requests, uploads, limits that let pass. No label names a person or a submission."""

from __future__ import annotations

import logging
import time
from typing import Any

from flask import Flask, Response, g, request
from limits import RateLimitItem
from limits.strategies import STRATEGIES, FixedWindowRateLimiter
from limits.util import WindowStats
from prometheus_client import REGISTRY, Counter, Histogram

log = logging.getLogger("grader.web")

REQUESTS = Counter("grader_http_requests", "Requests answered.", ["route", "method", "status"])
REQUEST_SECONDS = Histogram(
    "grader_http_request_duration_seconds",
    "From a request's arrival to the head of its answer.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
UPLOADS = Counter("grader_uploads", "Uploads that were accepted, or refused.", ["result"])
FAILED_OPEN = Counter(
    "grader_rate_limit_failed_open", "Requests that passed a rate limit uncounted, since its storage was away."
)

FAILS_OPEN = "fails-open"  # the name of the strategy below
_UPLOADS = {"student.upload", "api.create_submission"}
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class FailsOpen(FixedWindowRateLimiter):
    """Limits by fixed windows. While their storage is away every request passes, and is counted here."""

    def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        try:
            return super().hit(item, *identifiers, cost=cost)
        except Exception as error:  # an upload counts more than a limit, whatever the storage answers
            FAILED_OPEN.inc()
            log.warning("a rate limit could not be asked and let a request pass: %s", type(error).__name__)
            return True

    def test(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        try:
            return super().test(item, *identifiers, cost=cost)
        except Exception:  # whatever is only looked at here is counted when it is hit
            return True

    def get_window_stats(self, item: RateLimitItem, *identifiers: str) -> WindowStats:
        try:
            return super().get_window_stats(item, *identifiers)
        except Exception:
            return WindowStats(time.time() + item.get_expiry(), item.amount)


STRATEGIES[FAILS_OPEN] = FailsOpen


def register(app: Flask) -> None:
    """Count every request of this application."""

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def count(response: Response) -> Response:
        route, method = request.endpoint or "none", request.method if request.method in _METHODS else "other"
        REQUESTS.labels(route, method, response.status_code).inc()
        REQUEST_SECONDS.labels(route).observe(time.monotonic() - g.began if "began" in g else 0.0)
        if request.endpoint in _UPLOADS:
            UPLOADS.labels("accepted" if _accepted(response) else "refused").inc()
        return response


def _accepted(response: Response) -> Any:
    """An upload that was taken is answered with 201, or by a page that leads to its submission."""
    return response.status_code == 201 or "/submissions/" in response.headers.get("Location", "")


__all__ = ["FAILS_OPEN", "REGISTRY", "register"]
