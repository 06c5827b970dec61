"""`grader submit` against the running application: what it says of practice and of the budget before and after."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.web.conftest import PASSWORDS, SOURCE
from tests.web.test_course_rules import set_course, stored

GRADER = str(Path(sys.executable).parent / "grader")
OVER, OPEN = "deadline = 2026-02-01T12:00:00", "deadline = 2126-02-01T12:00:00"


@pytest.fixture
def variables(site, tmp_path) -> Iterator[dict[str, str]]:
    """What a student's terminal needs to know of the server."""
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    login = {"login": "anna", "password": PASSWORDS["anna"]}
    token = site.app.test_client().post("/api/v1/tokens", json=login).json["token"]
    (tmp_path / "mine.py").write_bytes(SOURCE)
    url = f"http://127.0.0.1:{server.server_port}"
    yield {**os.environ, "GRADER_URL": url, "GRADER_TOKEN": token, "LC_ALL": "C.UTF-8"}
    server.shutdown()
    thread.join()


def submit(tmp_path: Path, variables, *options: str, typed: str | None = None) -> subprocess.CompletedProcess:
    """Hand in from a pipe, or from a terminal in which something is typed."""
    command = [GRADER, "submit", "clustering/kmeans", str(tmp_path / "mine.py"), "--no-wait", *options]
    if typed is None:
        return subprocess.run(
            command, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
        )
    master, slave = os.openpty()
    os.write(master, typed.encode())
    done = subprocess.run(command, env=variables, stdin=slave, capture_output=True, text=True, timeout=120, check=False)
    os.close(master)
    os.close(slave)
    return done


def test_in_time_nothing_is_said_and_what_is_left_is_told(site, variables, tmp_path):
    set_course(site, OPEN, "burst = 3")
    done = submit(tmp_path, variables)
    assert done.returncode == 0
    assert "practice" not in done.stdout
    assert "Uploads left: 2" in done.stdout
    assert stored(site) == 1


def test_practice_is_said_before_and_a_pipe_goes_on(site, variables, tmp_path):
    set_course(site, OVER)
    done = submit(tmp_path, variables)
    assert done.returncode == 0
    assert done.stdout.index("this upload is practice") < done.stdout.index("Received at")
    assert "Uploads left" not in done.stdout
    (tmp_path / "mine.py").write_bytes(SOURCE + b"# another")
    russian = submit(tmp_path, {**variables, "GRADER_LANGUAGE": "ru"})
    assert "баллов за него не будет" in russian.stdout
    assert stored(site) == 2


@pytest.mark.parametrize(
    ("typed", "options", "sent"), [("n\n", (), 0), ("\n", (), 0), ("y\n", (), 1), ("", ("--yes",), 1)]
)
def test_in_a_terminal_practice_is_asked_for(site, variables, tmp_path, typed, options, sent):
    set_course(site, OVER)
    done = submit(tmp_path, variables, *options, typed=typed)
    assert stored(site) == sent
    assert done.returncode == (0 if sent else 2)
    assert ("Hand it in all the same?" in done.stderr) == (not options)
    assert ("Nothing was sent." in done.stderr) == (not sent)
