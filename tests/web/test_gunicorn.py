"""Uploads as the real web server takes them: what is too large or too slow ends, and costs no memory and no threads."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.core.assignment import assignments_folder
from grader.launch.demo import write_course
from grader.launch.services import free_port
from grader.store import people, tokens
from grader.store.engine import Database
from grader.store.migrations import upgrade

ROOT = Path(__file__).resolve().parents[2]
THREADS, PATIENCE = 4, 2
MIB = 1 << 20
PART = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.py"\r\n\r\n'
FIELDS = (b'--B\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % number for number in range(10_000))
PARTS = b"".join(FIELDS) + b"--B--\r\n"
FIELD = b'--B\r\nContent-Disposition: form-data; name="assignment"\r\n\r\n' + b"y" * 2_000_000 + b"\r\n--B--\r\n"
CHUNK = b"%x\r\n" % MIB + b"x" * MIB + b"\r\n"


@dataclass(frozen=True)
class Web:
    port: int
    process: int
    token: str

    def memory(self) -> int:
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{self.process}/status").read_text().splitlines())
        return int(fields["VmRSS"].split()[0]) // 1024

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def head(self, how: str, path: str) -> bytes:
        lines = ["Host: grader", f"Authorization: Bearer {self.token}", "Content-Type: multipart/form-data; boundary=B"]
        return "\r\n".join([f"POST {path} HTTP/1.1", *lines, how, "", ""]).encode()


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    folder, now = tmp_path_factory.mktemp("gunicorn"), datetime.now(UTC)
    url, port = f"sqlite:///{folder / 'grader.db'}", free_port(8790)
    database = Database(url)
    upgrade(database.engine)
    write_course(folder / "course.toml", assignments_folder(), now)
    (folder / "secret").write_text("x" * 64)
    with database.writing() as session:
        user = people.add_user(session, "anna", "Anna", password=None, now=now)
        token = tokens.issue(session, user, "", ["read", "submit"], now=now)
    database.close()
    variables = {
        "GRADER_DATABASE": url, "GRADER_SECRET_FILE": str(folder / "secret"), "GRADER_BIND": f"127.0.0.1:{port}",
        "GRADER_COURSE": str(folder / "course.toml"), "GRADER_INSECURE_HTTP": "1",
        "GRADER_WEB_THREADS": str(THREADS), "GRADER_WEB_PATIENCE": str(PATIENCE),
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "web" / "gunicorn_settings.py"), "web.wsgi:app"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, stdout=log, stderr=log)
    try:
        started = Web(port, 0, token)
        _until_it_answers(started)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield Web(port, int(children[0]), token)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _until_it_answers(web: Web) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with suppress(OSError):
            if ask_for_a_page(web) == 200:
                return
        time.sleep(0.1)
    pytest.fail("the web server did not start")


def ask_for_a_page(web: Web) -> int:
    with web.connect() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: grader\r\nConnection: close\r\n\r\n")
        return status(connection)


def status(connection: socket.socket) -> int:
    return int(connection.recv(200).split(b" ", 2)[1])


def pour(connection: socket.socket, content: bytes, most: int) -> int:
    """Send the same again and again until the other side has enough; how many bytes it took."""
    sent = 0
    with suppress(OSError):
        while sent < most:
            connection.sendall(content)
            sent += len(content)
    return sent


@pytest.mark.parametrize("path", ["/api/v1/submissions", "/assignments/clustering/kmeans", "/login"])
@pytest.mark.parametrize(
    ("how", "first", "again"),
    [
        (f"Content-Length: {5 << 30}", PART, b"x" * MIB),
        ("Transfer-Encoding: chunked", b"%x\r\n" % len(PART) + PART + b"\r\n", CHUNK),
        (f"Content-Length: {len(PARTS)}", PARTS, b""),
        (f"Content-Length: {len(FIELD)}", FIELD, b""),
    ],
    ids=["five gigabytes", "without length", "ten thousand parts", "a field of two megabytes"],
)
def test_what_is_too_large_is_refused_and_memory_stays_flat(web, path, how, first, again):
    before = web.memory()
    with web.connect() as connection:
        with suppress(OSError):
            connection.sendall(web.head(how, path) + first)
        taken = pour(connection, again, 400 * MIB) if again else 0
        assert status(connection) == 413
    assert taken < 100 * MIB
    assert web.memory() < before + 40


@pytest.mark.parametrize("where", ["in its head", "in its body"])
def test_as_many_slow_uploads_as_there_are_threads_do_not_stop_the_site(web, where):
    begun = web.head("Content-Length: 100000", "/login") + PART
    slow = [web.connect() for _ in range(THREADS)]
    try:
        for connection in slow:
            connection.sendall(begun[:40] if where == "in its head" else begun)
        time.sleep(0.5)  # every thread has one now; were one too late for that, the page would only come sooner
        assert answers_while_dripped_on(web, slow)
    finally:
        for connection in slow:
            connection.close()


def answers_while_dripped_on(web: Web, slow: list[socket.socket]) -> bool:
    """Whether a page comes at all while the others send a byte now and then: their own end is not waited for."""
    with web.connect() as page:
        page.sendall(b"GET /healthz HTTP/1.1\r\nHost: grader\r\nConnection: close\r\n\r\n")
        page.settimeout(0.5)
        for _ in range(60):
            for connection in slow:
                with suppress(OSError):
                    connection.sendall(b"z")
            with suppress(TimeoutError):
                return status(page) == 200
    return False
