"""What the web counts, and who may read it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase
from sqlalchemy import text

import worker.metrics
from grader.store import audit, workers
from grader.store.figures import Figures
from tests.ports import free_port
from tests.services import Redis
from tests.web.conftest import PASSWORDS, Site, post
from web import Settings, create_app
from web import metrics as counted
from web.state import now
from worker import faults


def count_of(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.fixture
def limited(site: Site, redis: Redis, tmp_path: Path) -> Flask:
    """The same site, its limits kept in a Redis."""
    url = site.database.engine.url.render_as_string()
    return create_app(Settings(database=url, secret="x" * 40, broker=redis.url, insecure_http=True))


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


def test_readiness_is_more_than_health(site: Site):
    client = site.app.test_client()
    good = {"database": True, "migrations": True, "course": True}
    assert (client.get("/readyz").status_code, client.get("/readyz").json) == (200, good)
    with site.database.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0002'"))
    assert client.get("/healthz").status_code == 200
    assert (client.get("/readyz").status_code, client.get("/readyz").json["migrations"]) == (503, False)


@pytest.mark.parametrize(("login", "status"), [(None, 404), ("anna", 404), ("tutor", 200), ("boss", 200)])
def test_metrics_are_for_staff(site: Site, login, status):
    assert site.client(login).get("/metrics").status_code == status


def test_metrics_are_for_monitoring_with_its_token(site: Site, tmp_path: Path):
    url, token = site.database.engine.url.render_as_string(), "t" * 40
    client = create_app(Settings(url, "x" * 40, insecure_http=True, metrics_token=token)).test_client()
    for given, status in ((f"Bearer {token}", 200), (f"Bearer {token}t", 404), ("Bearer ", 404), ("Bearer é", 404)):
        assert client.get("/metrics", headers={"Authorization": given}).status_code == status
    shown = client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).text
    assert 'grader_workers{state="ready"} 0.0' in shown
    assert 'grader_http_requests_total{method="GET",route="operations.metrics"' in shown


def ill(site: Site) -> None:
    said = workers.Note("host:7", "host", ("numpy",), "docker", now(), "ill", "no <engine> answers", {"numpy": 0})
    with site.database.writing() as session:
        workers.note(session, said, now())


def test_staff_see_an_ill_worker_and_an_instructor_sends_it_back(site: Site):
    boss = site.client("boss")
    assert "There is no worker" in boss.get("/status").text
    ill(site)
    page = boss.get("/status").text
    assert "no &lt;engine&gt; answers" in page
    assert "Send back to work now" in page
    answer = post(boss, "/status/workers/host:7/send-back", {}, page="/status")
    assert answer.status_code == 302
    with site.database.reading() as session:
        (row,) = workers.table(session)
        assert row.sent_back_at is not None
        assert audit.last(session).action == "worker.sent_back"
    assert "This worker is not ill." in post_and_see(boss, "/status/workers/host:8/send-back")
    assert "Обработчики" in site.client("boss", "ru").get("/status").text


def post_and_see(client: FlaskClient, path: str) -> str:
    answer = post(client, path, {}, page="/status")
    return answer.text if answer.status_code == 400 else client.get("/status").text


def test_an_assistant_sees_it_and_sends_nothing(site: Site):
    ill(site)
    tutor = site.client("tutor")
    page = tutor.get("/status").text
    assert "host:7" in page
    assert "Send back" not in page
    assert post(tutor, "/status/workers/host:7/send-back", {}, page="/account").status_code == 404


DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "watch-it.md"
ROW = re.compile(r"\| `(grader_\w+)` \| (\w+) \|([^|]*)\|")


def exposed(collector: Any) -> tuple[str, tuple[str, ...]]:
    """A metric's name as a scrape shows it, and its labels."""
    (family,) = collector.describe()
    return family.name + ("_total" if family.type == "counter" else ""), tuple(collector._labelnames)


def test_every_metric_is_documented_with_its_labels(site: Site):
    there = {}
    for module, source in ((counted, "web"), (worker.metrics, "worker")):
        for collector in vars(module).values():
            if isinstance(collector, MetricWrapperBase):
                name, labels = exposed(collector)
                there[name] = ("sweeper" if name in SWEEPERS else source, labels)
    for family in Figures(site.database, now).describe():
        there[family.name] = ("database", tuple(family._labelnames))
    documented = {
        name: (source, tuple(re.findall(r"`(\w+)`", labels)))
        for name, source, labels in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    }
    assert documented == there


SWEEPERS = {"grader_mails_total", "grader_leases_expired_total", "grader_sweep_failures_total"}


@pytest.mark.parametrize("kind", faults.KINDS)
def test_every_kind_of_fault_is_documented(kind):
    row = next(line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if "grader_own_faults" in line)
    assert f"`{kind}`" in row


@pytest.fixture
def two(site: Site, tmp_path: Path) -> Iterator[tuple[str, list[int]]]:
    """Two web processes, as gunicorn starts them: their address and their ids."""
    (tmp_path / "secret").write_text("s" * 40)
    (tmp_path / "token").write_text("t" * 40)
    url = f"http://127.0.0.1:{free_port()}"
    variables = {
        **os.environ,
        "GRADER_DATABASE": site.database.engine.url.render_as_string(),
        "GRADER_SECRET_FILE": str(tmp_path / "secret"),
        "GRADER_METRICS_TOKEN_FILE": str(tmp_path / "token"),
        "GRADER_INSECURE_HTTP": "1",
        "GRADER_WEB_WORKERS": "2",
        "GRADER_BIND": url.removeprefix("http://"),
        "TMPDIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "web/gunicorn_settings.py", "web.wsgi:app"]
    process = subprocess.Popen(command, env=variables, cwd=DOCUMENT.parents[2])
    with httpx.Client(transport=httpx.HTTPTransport(retries=8), timeout=60) as client:
        assert client.get(f"{url}/healthz").status_code == 200
    yield url, [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    process.terminate()
    process.wait(timeout=60)
    assert list(tmp_path.glob("grader-metrics-*")) == []  # what they shared ends with them


def test_several_processes_count_together(two: tuple[str, list[int]]):
    url, (one, other) = two
    for stopped in (one, other):  # so that it is known who answers
        os.kill(stopped, signal.SIGSTOP)
        for _ in range(3):
            assert httpx.get(f"{url}/login", timeout=60).status_code == 200
        text = httpx.get(f"{url}/metrics", headers={"Authorization": "Bearer " + "t" * 40}, timeout=60).text
        os.kill(stopped, signal.SIGCONT)
    assert 'grader_http_requests_total{method="GET",route="auth.log_in",status="200"} 6.0' in text
    assert "grader_database_up 1.0" in text
