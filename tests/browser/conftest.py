"""A real browser, and the application under gunicorn on a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from grader.store import people
from tests.in_force import put_in_force, small_course
from tests.ports import free_port
from tests.web.conftest import PASSWORDS

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
def site(browser, sqlite, tmp_path):
    """The application under gunicorn; its address. Pages that were left open would keep it from ending."""
    put_in_force(sqlite, small_course(datetime.now(UTC)))
    (tmp_path / "secret").write_text("y" * 40)
    with sqlite.writing() as session:
        people.add_user(session, "anna", "Anna", password=PASSWORDS["anna"], now=datetime.now(UTC))
    port = free_port()
    variables = {
        **os.environ,
        "GRADER_DATABASE": sqlite.engine.url.render_as_string(),
        "GRADER_SECRET_FILE": str(tmp_path / "secret"),
        "GRADER_INSECURE_HTTP": "1",
        "GRADER_BIND": f"127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "web/gunicorn_settings.py"), "web.wsgi:app"]
    with (tmp_path / "web.log").open("wb") as log:
        server = subprocess.Popen(command, env=variables, cwd=ROOT, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    wait_for(url)
    yield url
    for context in browser.contexts:
        context.close()
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


def log_in(browser: Browser, url: str, login: str = "anna", **options):
    page = browser.new_context(**options).new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{url}/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORDS[login])
    page.click("main button")
    page.wait_for_url(lambda address: "/login" not in address)  # a click does not wait for what it leads to
    return page, errors
