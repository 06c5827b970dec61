"""What the web counts, and who may read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import REGISTRY

from grader.core.assignment import assignments_folder
from grader.launch.demo import write_course
from tests.services import Redis
from tests.web.conftest import PASSWORDS, Site, post
from web import Settings, create_app
from web.state import now


def count_of(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.fixture
def limited(site: Site, redis: Redis, tmp_path: Path) -> Flask:
    """The same site, its limits kept in a Redis."""
    write_course(tmp_path / "limited.toml", assignments_folder(), now())
    url = site.database.engine.url.render_as_string()
    return create_app(
        Settings(database=url, secret="x" * 40, course=tmp_path / "limited.toml", broker=redis.url, insecure_http=True)
    )


def test_limits_that_cannot_be_asked_let_pass_and_are_counted(limited: Flask, redis: Redis):
    def log_in() -> int:
        fields = {"login": "anna", "password": PASSWORDS["anna"] + "?"}
        return post(limited.test_client(), "/login", fields, page="/login").status_code

    before = count_of("grader_rate_limit_failed_open_total")
    codes = [log_in() for _ in range(9)]
    assert 429 in codes
    assert count_of("grader_rate_limit_failed_open_total") == before
    redis.kill()
    assert log_in() != 429
    assert count_of("grader_rate_limit_failed_open_total") > before


def test_uploads_are_counted_by_what_became_of_them(site: Site, anna):
    accepted, refused = (count_of("grader_uploads_total", result=word) for word in ("accepted", "refused"))
    site.upload(anna)
    site.upload(anna, "notes.txt", b"no program")
    assert count_of("grader_uploads_total", result="accepted") == accepted + 1
    assert count_of("grader_uploads_total", result="refused") == refused + 1


def test_requests_are_counted_by_route_and_never_by_path(site: Site, anna):
    before = count_of("grader_http_requests_total", route="student.assignment", method="GET", status="200")
    anna.get("/assignments/clustering/kmeans")
    anna.open("/no-such-page-at-all", method="BREW")
    assert count_of("grader_http_requests_total", route="student.assignment", method="GET", status="200") == before + 1
    assert count_of("grader_http_requests_total", route="none", method="other", status="404") >= 1
