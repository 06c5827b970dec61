"""``grader submit`` where connections drop: it keeps one, tries again with growing pauses, ends only with a result."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from grader.cli import server
from grader.core.errors import BadInput
from grader.store import tokens
from grader.store.models import Submission, User
from tests.cli.dropping import Dropping
from tests.web.conftest import PASSWORDS, SOURCE, TESTS, Site, site  # noqa: F401 (a fixture)

GRADER = str(Path(sys.executable).parent / "grader")
KMEANS = "clustering/kmeans"
UPLOAD, LIST, LOOK = "POST /api/v1/submissions", "GET /api/v1/assignments", "GET /api/v1/submissions/"


@pytest.fixture
def port(site: Site) -> Iterator[int]:  # noqa: F811
    serving = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield serving.server_port
    serving.shutdown()
    thread.join()


@pytest.fixture
def token(site: Site) -> str:  # noqa: F811
    login = {"login": "anna", "password": PASSWORDS["anna"]}
    return str(site.app.test_client().post("/api/v1/tokens", json=login).json["token"])


@contextmanager
def dropping(port: int, plan: Callable[[str, int], str]) -> Iterator[Dropping]:
    proxy = Dropping(port, plan)
    try:
        yield proxy
    finally:
        proxy.close()


def submit(url: str, token: str, folder: Path, *options: str, language: str = "en") -> subprocess.Popen[str]:
    (folder / "mine.py").write_bytes(SOURCE)
    variables = {
        **os.environ,
        "GRADER_URL": url,
        "GRADER_TOKEN": token,
        "LC_ALL": "C.UTF-8",
        "GRADER_LANGUAGE": language,
    }
    return subprocess.Popen(
        [GRADER, "submit", KMEANS, "mine.py", *options], cwd=folder, env=variables, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def grade_when(site: Site, ready: Callable[[], bool]) -> threading.Thread:  # noqa: F811
    """Grade the first upload as a worker would, once this holds."""

    def work() -> None:
        while True:
            with site.database.reading() as session:
                waiting = session.query(Submission).filter_by(result_id=None).first()
            if waiting is not None and ready():
                site.grade(waiting.id, TESTS)
                return
            threading.Event().wait(0.05)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def uploads(site: Site) -> int:  # noqa: F811
    with site.database.reading() as session:
        return session.query(Submission).count()


def test_all_requests_of_one_submission_go_over_one_connection(site, port, token, tmp_path):  # noqa: F811
    with dropping(port, lambda kind, number: "") as proxy:
        worker = grade_when(site, lambda: proxy.count(LOOK) >= 2)
        process = submit(proxy.url, token, tmp_path)
        out, errors = process.communicate(timeout=90)
        worker.join()
    assert (process.returncode, errors) == (1, "")
    assert proxy.connections == 1
    assert len(proxy.requests) >= 4
    assert out.index("Received at") < out.index("Accepted; waiting") < out.index("2 of 4 points")


def test_what_drops_is_tried_again_until_there_is_a_result(site, port, token, tmp_path):  # noqa: F811
    """Before the upload, in it, and while waiting; also where somebody in between says that nobody is there."""
    faults = {LIST: ["before"], UPLOAD: ["before", "busy"], LOOK: ["before", "busy", "after", "before"]}

    def plan(kind: str, number: int) -> str:
        told = faults[LOOK if kind.startswith(LOOK) else kind]
        return told[number - 1] if number <= len(told) else ""

    with dropping(port, plan) as proxy:
        worker = grade_when(site, lambda: proxy.count(LOOK) > len(faults[LOOK]))
        process = submit(proxy.url, token, tmp_path, language="ru")
        out, errors = process.communicate(timeout=90)
        worker.join()
    assert (process.returncode, errors) == (1, ""), out
    assert "Принято; ждём результата" in out
    assert "баллы: 2 из 4" in out
    assert (proxy.count(UPLOAD + " "), uploads(site)) == (3, 1)


def test_a_lost_answer_to_an_upload_has_the_same_sent_again(site, port, token, tmp_path):  # noqa: F811
    with dropping(port, lambda kind, number: "after" if kind == UPLOAD and number == 1 else "") as proxy:
        process = submit(proxy.url, token, tmp_path, "--no-wait")
        out, errors = process.communicate(timeout=90)
    assert (process.returncode, errors) == (0, "")
    assert "Received at" in out
    first, second = (_content(body) for line, body in zip(proxy.requests, proxy.bodies, strict=True) if UPLOAD in line)
    assert first == second
    assert SOURCE in first
    assert uploads(site) == 1
    assert [path.name for path in tmp_path.glob("*.receipt*.json")] == ["mine.py.receipt.json"]


def test_a_server_that_does_not_come_back_ends_an_upload_with_what_to_do(port, token, monkeypatch):
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    pauses: list[float] = []
    with (
        dropping(port, lambda kind, number: "before") as proxy,
        closing(server.Connection(server.Account(proxy.url, token))) as connection,
        pytest.raises(server.NoAnswer, match="does not answer"),
    ):
        connection.ask("GET", "/assignments", patience=4.0, tell=lambda error, pause: pauses.append(pause))
    assert len(proxy.requests) == len(pauses) + 1 >= 3
    assert pauses == sorted(pauses)
    assert sum(pauses) <= 4


def test_ctrl_c_while_waiting_says_how_to_look_later(site, port, token, tmp_path):  # noqa: F811
    with dropping(port, lambda kind, number: "") as proxy:
        process = submit(proxy.url, token, tmp_path)
        assert process.stdout is not None
        assert process.stderr is not None
        while "Accepted; waiting" not in (line := process.stdout.readline()):
            assert line, process.stderr.read()
        process.send_signal(signal.SIGINT)
        out, errors = process.stdout.read(), process.stderr.read()
        assert process.wait(timeout=60) == 130
    assert f"grader status {KMEANS}" in out
    assert errors.split() == ["Stopped."]
    assert uploads(site) == 1


def test_a_token_that_was_revoked_asks_for_a_new_log_in(site, port, token, tmp_path, monkeypatch):  # noqa: F811
    account = server.Account(f"http://127.0.0.1:{port}", token)
    with site.database.writing() as session:
        anna = session.get_one(User, site.ids["anna"])
        for one in tokens.of(session, anna):
            tokens.revoke(session, anna, one.id, datetime.now(UTC))
    for language, words in (("en", "log in again"), ("ru", "войдите снова")):
        monkeypatch.setenv("GRADER_LANGUAGE", language)
        with pytest.raises(BadInput) as refused:
            server.ask(account, "GET", "/grades")
        assert words in refused.value.told(language)
    process = submit(account.url, token, tmp_path)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, "log in again" in errors) == (2, True)


def test_a_wrong_name_is_answered_before_anything_is_sent(site, port, token, tmp_path):  # noqa: F811
    (tmp_path / "mine.py").write_bytes(SOURCE)
    variables = {**os.environ, "GRADER_URL": f"http://127.0.0.1:{port}", "GRADER_TOKEN": token, "GRADER_LANGUAGE": "en"}
    done = subprocess.run(
        [GRADER, "submit", "kmean", "mine.py"], cwd=tmp_path, env=variables, text=True, capture_output=True,
        stdin=subprocess.DEVNULL, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "Error: There is no assignment 'kmean'. Did you mean clustering/kmeans?\n"
    assert uploads(site) == 0


def _content(body: bytes) -> bytes:
    """A form without its boundary, which is drawn for each try."""
    boundary = re.match(rb"--(\w+)", body)
    assert boundary is not None
    return body.replace(boundary[1], b"")
