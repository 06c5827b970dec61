"""What the web counts for Prometheus: requests, uploads, limits that let pass. No label names a person or an upload.

Where several processes serve (`web.gunicorn_settings`), a scrape of one shows what all of them have counted.
"""

from __future__ import annotations

import logging
import os
import time

from flask import Flask, Response, request
from limits import RateLimitItem
from limits.strategies import STRATEGIES, FixedWindowRateLimiter
from limits.util import WindowStats
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from grader.store.engine import Database
from grader.store.figures import Figures
from web import logs
from web.state import now

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

    @app.after_request
    def count(response: Response) -> Response:
        route, method = request.endpoint or "none", request.method if request.method in _METHODS else "other"
        REQUESTS.labels(route, method, response.status_code).inc()
        REQUEST_SECONDS.labels(route).observe(logs.seconds())
        if request.endpoint in _UPLOADS:
            UPLOADS.labels("accepted" if _accepted(response) else "refused").inc()
        return response


def exposition(database: Database) -> bytes:
    """What this web has counted, and what the database tells."""
    registry = CollectorRegistry()
    registry.register(Figures(database, now))
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(REGISTRY) + generate_latest(registry)
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _accepted(response: Response) -> bool:
    """An upload that was taken is answered with 201, or by a page that leads to its submission."""
    return response.status_code == 201 or "/submissions/" in response.headers.get("Location", "")
