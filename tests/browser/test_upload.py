"""A student in a real browser: logs in, uploads, watches tests finish, reads the result."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from grader.core.assignment import assignments_folder
from grader.core.report import Report
from grader.launch.demo import write_course
from grader.launch.services import free_port
from grader.store import jobs, people
from grader.store.models import Job
from tests.web.conftest import PASSWORDS, SOURCE, TESTS

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def site(sqlite, tmp_path):
    """The application under gunicorn; its address."""
    write_course(tmp_path / "course.toml", assignments_folder(), datetime.now(UTC))
    (tmp_path / "secret").write_text("y" * 40)
    with sqlite.writing() as session:
        people.add_user(session, "anna", "Anna", password=PASSWORDS["anna"], now=datetime.now(UTC))
    port = free_port(0)
    variables = {
        **os.environ,
        "GRADER_DATABASE": sqlite.engine.url.render_as_string(),
        "GRADER_SECRET_FILE": str(tmp_path / "secret"),
        "GRADER_COURSE": str(tmp_path / "course.toml"),
        "GRADER_INSECURE_HTTP": "1",
        "GRADER_BIND": f"127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "web/gunicorn_settings.py"), "web.wsgi:app"]
    with (tmp_path / "web.log").open("wb") as log:
        server = subprocess.Popen(command, env=variables, cwd=ROOT, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    wait_for(url)
    yield url
    server.terminate()
    server.wait(timeout=20)


def wait_for(url: str) -> None:
    import httpx

    for _ in range(200):
        try:
            if httpx.get(f"{url}/healthz").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail("the web server did not start")


def log_in(browser: Browser, url: str, **options):
    page = browser.new_context(**options).new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{url}/login")
    page.fill("#login", "anna")
    page.fill("#password", PASSWORDS["anna"])
    page.click("main button")
    return page, errors


def upload(page, url: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_bytes(SOURCE)
    page.goto(f"{url}/assignments/clustering/kmeans")
    page.set_input_files("#file", str(tmp_path / "mine.py"))
    page.click("#upload button")


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
    assert page.locator("#live-state").inner_text() == "being graded"
    go_on.set()
    page.wait_for_selector("text=a helpful hint")
    worker.join()
    assert "2 / 3" in page.locator(".score").inner_text()
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
