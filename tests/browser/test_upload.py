"""A student in a real browser: logs in, uploads, watches tests finish, reads the result."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.core.report import Report
from grader.store import jobs
from grader.store.models import Job
from tests.browser.conftest import log_in
from tests.web.conftest import SOURCE, TESTS

pytestmark = pytest.mark.browser


def upload(page, url: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_bytes(SOURCE)
    page.goto(f"{url}/assignments/clustering/kmeans")
    page.set_input_files("#file", str(tmp_path / "mine.py"))
    page.click("#upload button")
    page.wait_for_url("**/submissions/*")


def grade_slowly(database, go_on: threading.Event) -> None:
    """What a worker does: a test now, the rest when it is told to."""
    now = datetime.now(UTC)
    with database.reading() as session:
        job_id = session.query(Job).one().id
    with database.writing() as session:
        held = jobs.claim(session, job_id, "test", now)
    events = [{"event": "tests", "count": 2}] + [
        {"event": "test", "name": t.name, "title": dict(t.title), "visibility": "always", "verdict": str(t.verdict),
         "points": int(t.points), "max_points": int(t.max_points), "seconds": 0.1}
        for t in TESTS[:2]
    ]  # fmt: skip
    for batch in (events[:2], events[2:]):
        with database.writing() as session:
            jobs.add_events(session, held, batch)
        go_on.wait(20)
    with database.writing() as session:
        jobs.finish(session, held, Report("clustering/kmeans", "hidden", TESTS, "docker", 0.5), now)


def test_tests_appear_as_they_finish_and_then_the_result(browser, site, sqlite, tmp_path):
    page, errors = log_in(browser, site, locale="en")
    upload(page, site, tmp_path)
    go_on = threading.Event()
    worker = threading.Thread(target=grade_slowly, args=(sqlite, go_on))
    worker.start()
    page.wait_for_selector("#live-tests tr:has-text('First')")
    assert page.locator("#live-tests tr").count() == 1
    page.wait_for_selector("#live-state:has-text('being graded')")
    go_on.set()
    page.wait_for_selector("text=a helpful hint")
    worker.join()
    assert "2 / 4" in page.locator(".score").inner_text()
    assert page.locator("text=return broken").count() == 1
    assert errors == []


def test_polling_takes_over_where_streams_do_not_get_through(browser, site, sqlite, tmp_path):
    page, _ = log_in(browser, site, locale="ru")
    page.route("**/events", lambda route: route.abort())
    upload(page, site, tmp_path)
    go_on = threading.Event()
    go_on.set()
    worker = threading.Thread(target=grade_slowly, args=(sqlite, go_on))
    worker.start()
    page.wait_for_selector("text=полезная подсказка")
    worker.join()
    assert page.locator("h1").inner_text().startswith("Загрузка")


def test_it_works_without_script(browser, site, sqlite, tmp_path):
    page, _ = log_in(browser, site, locale="en", java_script_enabled=False)
    upload(page, site, tmp_path)
    assert "waiting" in page.locator("main").inner_text()
    go_on = threading.Event()
    go_on.set()
    grade_slowly(sqlite, go_on)
    page.wait_for_selector("text=a helpful hint", timeout=15_000)


def test_formulas_stand_in_the_line_and_nothing_is_wider_than_a_phone(browser, site):
    page, errors = log_in(browser, site, locale="ru", viewport={"width": 375, "height": 800})
    for path in ("/", "/standing", "/assignments/clustering/kmeans", "/assignments/audio/fourier"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path
    inline = page.locator(".math.inline math").first
    assert inline.evaluate("e => getComputedStyle(e.parentElement).display") == "inline"
    assert errors == []
