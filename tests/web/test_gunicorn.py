"""Uploads as the real web server takes them: what is too large or too slow ends, and costs no memory and no threads."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from grader.store import people, tokens
from grader.store.engine import Database
from grader.store.migrations import upgrade
from tests.in_force import put_in_force, small_course
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
THREADS, PATIENCE, SLOW, CONNECTIONS = 4, 2, 200, 300
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
    tokens: list[str]  # a person's each; who uploads ten times a minute is stopped

    @property
    def token(self) -> str:
        return self.tokens[0]

    def fresh(self) -> Web:
        """The same server, as the next person sees it."""
        self.tokens.append(self.tokens.pop(0))
        return self

    def memory(self) -> int:
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{self.process}/status").read_text().splitlines())
        return int(fields["VmRSS"].split()[0]) // 1024

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(source, 0))

    def head(self, how: str, path: str) -> bytes:
        lines = ["Host: grader", f"Authorization: Bearer {self.token}", "Content-Type: multipart/form-data; boundary=B"]
        return "\r\n".join([f"POST {path} HTTP/1.1", *lines, how, "", ""]).encode()


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """A server with few threads that closes who is slow soon."""
    with served(tmp_path_factory, GRADER_WEB_PATIENCE=str(PATIENCE)) as started:
        yield started


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """A server with few threads that closes nobody for being slow, and takes no more than some connections."""
    arguments = f"--worker-connections={CONNECTIONS}"
    with served(tmp_path_factory, GRADER_WEB_PATIENCE="3600", GUNICORN_CMD_ARGS=arguments) as started:
        yield started


@contextmanager
def served(tmp_path_factory, **settings):
    folder, now = tmp_path_factory.mktemp("gunicorn"), datetime.now(UTC)
    url, port = f"sqlite:///{folder / 'grader.db'}", free_port()
    database = Database(url)
    upgrade(database.engine)
    put_in_force(database, small_course(now))
    (folder / "secret").write_text("x" * 64)
    with database.writing() as session:
        users = [people.add_user(session, f"user{n}", "Somebody", password=None, now=now) for n in range(60)]
        issued = [tokens.issue(session, user, "", ["read", "submit"], now=now) for user in users]
    database.close()
    variables = {
        "GRADER_DATABASE": url, "GRADER_SECRET_FILE": str(folder / "secret"), "GRADER_BIND": f"127.0.0.1:{port}",
        "GRADER_INSECURE_HTTP": "1",
        "GRADER_WEB_THREADS": str(THREADS), **settings,
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "web" / "gunicorn_settings.py"), "web.wsgi:app"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, stdout=log, stderr=log)
    try:
        started = Web(port, 0, issued)
        _until_it_answers(started)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield Web(port, int(children[0]), issued)
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


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/submissions", 413),
        ("/assignments/clustering/kmeans", 401),
        ("/login", 413),
    ],  # 401: nobody is logged in
)
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
def test_what_is_too_large_is_refused_and_memory_stays_flat(web, path, code, how, first, again):
    before = web.memory()
    with web.connect() as connection:
        with suppress(OSError):
            connection.sendall(web.head(how, path) + first)
        taken = pour(connection, again, 400 * MIB) if again else 0
        assert status(connection) == code
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


PAGE = b"GET /healthz HTTP/1.1\r\nHost: grader\r\nConnection: close\r\n\r\n"


def is_open(connection: socket.socket) -> bool:
    """Whether the other side has neither answered nor closed."""
    connection.setblocking(False)
    try:
        return connection.recv(1) == b"never"
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        connection.settimeout(60)


def slow_body(web: Web) -> bytes:
    return web.head("Content-Length: 100000", "/login") + PART


def slow_head(web: Web) -> bytes:
    return web.head("Content-Length: 100000", "/login")[:40]


def slow_chunks(web: Web) -> bytes:
    return web.head("Transfer-Encoding: chunked", "/api/v1/submissions") + b"ffff\r\n" + PART


def nothing(web: Web) -> bytes:
    return b""


@pytest.mark.parametrize("addresses", [1, 20])
@pytest.mark.parametrize("begin", [slow_body, slow_head, slow_chunks, nothing])
def test_two_hundred_slow_uploads_stop_nobody(patient, begin, addresses):
    with ExitStack() as opened:
        slow = [opened.enter_context(patient.connect(f"127.0.1.{1 + n % addresses}")) for n in range(SLOW)]
        for connection in slow:
            connection.sendall(begin(patient))
        for _ in range(3):
            assert ask_for_a_page(patient) == 200
            assert upload(patient.fresh()) == 400
            for connection in slow[::10]:
                connection.sendall(b"z")
        assert all(is_open(connection) for connection in slow), "they were closed: nothing is shown"


def upload(web: Web) -> int:
    """What an upload over a good line is answered; it defines nothing."""
    body = PART.replace(b"a.py", b"solution.py") + b"x = 1\r\n" + FIELD_OF_NAME
    with web.connect() as connection:
        connection.sendall(web.head(f"Content-Length: {len(body)}", "/api/v1/submissions") + body)
        return status(connection)


FIELD_OF_NAME = b'--B\r\nContent-Disposition: form-data; name="assignment"\r\n\r\nclustering/kmeans\r\n--B--\r\n'


def test_who_was_answered_and_stays_stops_nobody(patient):
    """gunicorn itself waits for each of them to close, and serves nobody meanwhile."""
    with ExitStack() as opened:
        stay = [opened.enter_context(patient.connect()) for _ in range(SLOW)]
        for connection in stay:
            connection.sendall(PAGE)
        assert ask_for_a_page(patient) == 200


def test_who_was_refused_and_goes_on_slowly_stops_nobody(patient):
    with ExitStack() as opened:
        refused = [opened.enter_context(patient.connect()) for _ in range(SLOW)]
        for connection in refused:
            connection.sendall(patient.head("Content-Length: 99000000", "/login"))
        assert ask_for_a_page(patient) == 200
        assert status(refused[-1]) == 413


def test_more_connections_than_may_be_cost_those_that_hold_the_most(patient):
    with ExitStack() as opened:
        honest = opened.enter_context(patient.connect("127.0.2.1"))
        honest.sendall(PAGE[:20])
        greedy = [opened.enter_context(patient.connect("127.0.3.1")) for _ in range(CONNECTIONS + 50)]
        for connection in greedy:
            with suppress(OSError):
                connection.sendall(PAGE[:20])
        assert ask_for_a_page(patient) == 200
        honest.sendall(PAGE[20:])
        assert status(honest) == 200
        assert not is_open(greedy[0]), "the oldest of them should have been closed"
        assert is_open(greedy[-1])


@pytest.mark.parametrize("step", [1, 7, 1000])
@pytest.mark.parametrize("how", ["length", "chunks"])
def test_a_request_in_pieces_is_the_same_request(patient, how, step):
    body = PART + b"x = 1\r\n" + FIELD_OF_NAME
    patient.fresh()
    if how == "length":
        whole = patient.head(f"Content-Length: {len(body)}", "/api/v1/submissions") + body
    else:
        chunks = b"".join(b"%x;note=1\r\n%s\r\n" % (len(part), part) for part in (body[:50], body[50:51], body[51:]))
        whole = patient.head("Transfer-Encoding: chunked", "/api/v1/submissions") + chunks + b"0\r\nX-After: 1\r\n\r\n"
    with patient.connect() as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(0, len(whole), step):
            connection.sendall(whole[at : at + step])
        told = b""
        while b"kmeans" not in told:
            told += connection.recv(65536)
    assert told.startswith(b"HTTP/1.1 400")


def test_requests_that_follow_each_other_at_once_are_all_answered(patient):
    kept = PAGE.replace(b"Connection: close\r\n", b"")
    with patient.connect() as connection:
        connection.sendall(kept * 3 + PAGE)
        told = b""
        while piece := connection.recv(65536):
            told += piece
    assert told.count(b"HTTP/1.1 200 OK") == 4


def test_who_waits_to_be_told_to_go_on_is_told_so(patient):
    body = PART + b"x = 1\r\n" + FIELD_OF_NAME
    with patient.connect() as connection:
        connection.sendall(patient.head(f"Content-Length: {len(body)}\r\nExpect: 100-continue", "/api/v1/submissions"))
        assert connection.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        told = b""
        while b"kmeans" not in told:
            told += connection.recv(65536)
    assert b"HTTP/1.1 400" in told


def test_answers_that_nobody_takes_stop_nobody(patient):
    """More of them than threads, each larger than what a connection holds on its way."""
    web, outputs = patient.fresh(), "x" * 4_000_000
    code = "def kmeans(X, start, max_iter=300): pass"
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": code,
            "outputs": [{"output_type": "stream", "name": "stdout", "text": outputs}]}  # fmt: skip
    sent = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).encode()
    address, token = f"http://127.0.0.1:{web.port}/api/v1/submissions", f"Bearer {web.token}"
    form = {"data": {"assignment": "clustering/kmeans"}, "files": {"file": ("a.ipynb", sent)}}
    made = httpx.post(address, headers={"Authorization": token}, timeout=60, **form).json()["id"]
    ask = f"GET /api/v1/submissions/{made}/file HTTP/1.1\r\nHost: grader\r\nAuthorization: {token}\r\n"
    with ExitStack() as opened:
        idle = [opened.enter_context(web.connect()) for _ in range(4 * THREADS)]
        for connection in idle:
            connection.sendall(f"{ask}Connection: close\r\n\r\n".encode())
        assert ask_for_a_page(web) == 200
        told = b""
        while piece := idle[-1].recv(1 << 16):
            told += piece
    head, _, content = told.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert content == sent
