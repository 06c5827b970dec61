"""What is fuzzed: everything on the trusted side that reads what others have written.

A target takes bytes and returns; it lets through every exception that does not belong there, which is what the fuzzer
looks for. Memory and time are bounded from outside.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import socket
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import scipy.sparse

from grader.core import codeforces, receipts
from grader.core.course import Contest
from grader.core.errors import BadInput, GraderError
from grader.core.submission import Submission
from grader.core.text import clean
from grader.harness import rendezvous, session, unpacking
from grader.harness.bounds import DEFAULT
from grader.harness.outline import syntax, walk
from grader.harness.raised import told
from grader.harness.sandbox import Death, Hello
from grader.harness.session import LoadFailed, SandboxFailure, Session, remote_of
from grader.harness.usage import Usage
from grader.harness.wire import (
    HEADER,
    Callback,
    Frame,
    Handle,
    RemoteException,
    TorchState,
    WireError,
    build,
    check_header,
    encode,
    parse_control,
)
from grader.harness.wire.sparse import FORMATS
from grader.harness.wire.values import TORCH_STATE_BYTES
from grader.store import backup
from grader.store.backup.restoring import DOES_NOT_FIT
from grader.store.backup.rows import FORMAT, tables, typed
from grader.store.models import User
from grader.testing.remote import NotPlainData, RemoteObject
from tests.hostile.attacks import HONEST, attacks

NUMBER = b"0" * 16  # of every request, so that what is made up can go on to what comes after it
MODULE = Handle(b"m" * 16, "module", False)
SUBMISSION = Submission("s.py", {"s.py": b"class Own(Exception):\n    pass\n"})


@dataclass(frozen=True)
class Target:
    """``run`` on whatever bytes; ``seeds`` to begin with."""

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]


def _frame(message: Any) -> bytes:
    encoded = encode(message)
    return encoded.header() + encoded.control + b"".join(bytes(buffer) for buffer in encoded.buffers)


# -- the decoder -----------------------------------------------------------------------------------------


def decoder(content: bytes) -> None:
    """A frame: its header, its structure, its values."""
    with contextlib.suppress(WireError):
        control, buffers = check_header(content[: HEADER.size].ljust(HEADER.size, b"\0"))
        rest = content[HEADER.size :]
        _decode(rest[:control], rest[control : control + buffers])


def _decode(control: bytes, buffers: bytes) -> None:
    """Whatever can be read can be sent back, as an argument among what a request has beside it."""
    tree = parse_control(control, len(buffers))
    value = build(tree, memoryview(bytearray(buffers)), resolve=lambda reference: reference)
    forgotten = [NUMBER] * DEFAULT.forgotten
    request = ("do", NUMBER, "set_parameters", MODULE, ({"name": value},), {"key": value is None}, forgotten, 2**63)
    back = encode(request, bounds=DEFAULT.of_requests())
    buffers = b"".join(bytes(buffer) for buffer in back.buffers)
    parse_control(back.control, len(buffers), DEFAULT.of_requests())
    check_header(back.header(), DEFAULT.of_requests())


def structure(content: bytes) -> None:
    """A frame's structure alone, with as many bytes beside it as there are; no header has to fit."""
    with contextlib.suppress(WireError):
        _decode(content, b"")


def _values() -> Iterator[Any]:
    yield from (
        None,
        True,
        1,
        -(2**70),
        1.5,
        1j,
        "text",
        b"bytes",
        [1, [2]],
        (1, 2),
        {"a": 1},
        {1, 2},
        slice(1, None),
        ...,
    )
    yield from (np.arange(6.0).reshape(2, 3), np.float32(1), np.array(["ab"]), np.random.default_rng(0))
    yield RemoteException("ValueError", "Own", "text", (Frame("s.py", 1, "f"),))
    yield Handle(b"h" * 16, "Thing", True)
    yield Callback(1)
    yield TorchState(bytes(TORCH_STATE_BYTES))
    yield {1.5: np.float64(2), None: -(2**8191), (1, b"k"): frozenset({1j})}
    for form in FORMATS:
        yield getattr(scipy.sparse, f"{form}_array")(np.eye(2, 4))


def _frames() -> Iterator[bytes]:
    for value in _values():
        yield _frame(("result", NUMBER, value))


def _structures() -> Iterator[bytes]:
    for value in _values():
        yield encode(value).control
    yield msgpack.packb(["a", "<f8", 2, 3])


# -- a session with a sandbox that says what it likes ------------------------------------------------------


class _Scripted:
    """A sandbox whose whole side of the conversation is there from the beginning."""

    kind, image, hello = "scripted", "none", Hello(1, "", {})

    def __init__(self, content: bytes) -> None:
        self.wire, theirs = socket.socketpair()
        self.output, printed = socket.socketpair()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        theirs.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            theirs.send(content)
        theirs.shutdown(socket.SHUT_WR)
        printed.close()
        self._theirs = theirs

    def usage(self) -> Usage:
        return Usage(0.0)

    def close(self) -> Death:
        for one in (self.wire, self.output, self._theirs):
            one.close()
        return Death()


class _Numbers:
    @staticmethod
    def urandom(size: int) -> bytes:
        return b"0" * size


def conversation(content: bytes) -> None:
    """Everything that a suite does with a submission, over a wire on which anything may come."""
    session.os = _Numbers  # type: ignore[assignment]
    sandbox = _Scripted(content)
    opened = Session(sandbox)  # type: ignore[arg-type]
    opened.call_seconds = 5.0
    try:
        opened.begin_test("test")
        module, _ = opened.load(SUBMISSION, None, required=["f"])
        for step in _STEPS:
            try:
                _use(step(module))
            except Exception as error:
                _must_be_expected(error)
    except SandboxFailure:
        pass
    except LoadFailed as failure:
        told(failure.remote, SUBMISSION)
        clean(failure.traceback)
    finally:
        opened.close()


def _use(value: Any) -> None:
    """What a suite does with an answer: with an object everything that it may, with plain data nothing hurts."""
    repr(value)
    if isinstance(value, RemoteObject):
        len(value)
        list(zip(range(5), value, strict=False))
        value.attribute = value[0]


_STEPS: tuple[Callable[[Any], Any], ...] = (
    lambda module: module.f,
    lambda module: module(np.zeros(3), key=[1]),
    lambda module: module(lambda x, *rest, **names: x),
    lambda module: module(module.g),
    lambda module: module + 1,
    lambda module: module[0],
)


def _must_be_expected(error: Exception) -> None:
    remote = remote_of(error)
    if remote is not None:
        told(remote, SUBMISSION)
        return
    if not isinstance(error, AssertionError | NotPlainData):
        raise error


def _conversations() -> Iterator[bytes]:
    module = _frame(("result", NUMBER, (MODULE, None)))
    function = _frame(("result", NUMBER, Handle(b"f" * 16, "function", True)))
    own = RemoteException("ValueError", "Own", "text", (Frame("s.py", 1, "f"),))
    yield module
    for value in _values():
        yield module + function + _frame(("result", NUMBER, value)) * 8
        yield module + _frame(("result", NUMBER, value)) * 8
    yield module + _frame(("raised", NUMBER, own, "")) * 5
    yield _frame(("raised", NUMBER, own, "Traceback"))
    plain = _frame(("result", NUMBER, 1)) * 2
    yield module + plain + _frame(("call", NUMBER, 1, (1,), {"a": 2})) * 3 + _frame(("result", NUMBER, 3))
    later = _frame(("call", NUMBER, 1, (1,), {})) + _frame(("result", NUMBER, Callback(1)))
    yield module + plain + _frame(("call", NUMBER, 1, (1,), {})) + _frame(("result", NUMBER, 3)) + later * 3


def hello(content: bytes) -> None:
    """What an agent says first."""
    ours, theirs = socket.socketpair()
    try:
        theirs.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            theirs.send(content)
        theirs.shutdown(socket.SHUT_WR)
        with contextlib.suppress(OSError, EOFError, WireError, ValueError, TypeError, GraderError):
            rendezvous._read_hello(ours, time.monotonic() + 5)
    finally:
        ours.close()
        theirs.close()


def _hellos() -> Iterator[bytes]:
    yield _frame(("hello", 1, "fingerprint", {"python": "3.11"}))
    yield _frame(("hello", "1", None, []))


# -- uploads ---------------------------------------------------------------------------------------------


def archives(content: bytes) -> None:
    with contextlib.suppress(BadInput):
        unpacking.read("a.zip", content)


def notebooks(content: bytes) -> None:
    with contextlib.suppress(BadInput):
        unpacking.read("a.ipynb", content)


def modules(content: bytes) -> None:
    """Source, as the process reads it that finds out what it defines; deep nesting ends that process, and is told."""
    with contextlib.suppress(BadInput):
        submission = unpacking.read("a.py", content[:4096])
        with contextlib.suppress(RecursionError, MemoryError):
            tree, _ = syntax.parse(submission.files["a.py"])
            if tree is not None:
                walk.follow({"a.py": tree})


def names(content: bytes) -> None:
    with contextlib.suppress(BadInput):
        shown = unpacking.safe_name(content.decode(errors="surrogateescape"))
        if shown != clean(shown, limit=100):
            raise AssertionError(f"a name that is not clean: {shown!r}")


def _uploads(suffix: str) -> Iterator[bytes]:
    for attack in attacks():
        if attack.path.name.endswith(".build.py"):
            name, content = attack.upload()
            if name.endswith(suffix) and len(content) < 100_000:
                yield content


def _sources() -> Iterator[bytes]:
    yield HONEST
    for attack in attacks()[::10]:
        yield attack.path.read_bytes()


def _names() -> Iterator[bytes]:
    yield from (b"solution.py", "мой код.py".encode(), b"../x", b"CON.py", "\u202ea".encode(), b"-rf")


# -- what other systems say -------------------------------------------------------------------------------

_CONTEST = Contest(566, ("A", "B"))


def answers_of_codeforces(content: bytes) -> None:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return
    with contextlib.suppress(BadInput):
        codeforces.read(answer, _CONTEST)


def _answers() -> Iterator[bytes]:
    party = {"members": [{"handle": "tourist"}], "participantType": "CONTESTANT"}
    problem = {"contestId": 566, "index": "A", "name": "x", "points": 500.0}
    one = {
        "id": 1,
        "contestId": 566,
        "creationTimeSeconds": 1438273200,
        "problem": problem,
        "author": party,
        "verdict": "OK",
    }
    yield json.dumps({"status": "OK", "result": [one]}).encode()
    row = {"party": party, "rank": 1, "problemResults": [{"points": 500.0, "bestSubmissionTimeSeconds": 10}]}
    contest = {"id": 566, "startTimeSeconds": 1438273200}
    yield json.dumps({"status": "OK", "result": {"contest": contest, "problems": [problem], "rows": [row]}}).encode()
    yield b'{"status": "FAILED", "comment": "handles: no such handle"}'


def signed_receipts(content: bytes) -> None:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return
    with contextlib.suppress(BadInput):
        receipts.genuine(receipts.from_json(data), receipts.public_key(receipts.signing_key("secret" * 8)))


def _receipts() -> Iterator[bytes]:
    key = receipts.signing_key("secret" * 8)
    one = receipts.Receipt("id", "a/b", "anna", "0" * 64, "0" * 64, "2027-01-01T00:00:00.000000Z")
    yield json.dumps(receipts.to_json(receipts.sign(one, key))).encode()


def backups(content: bytes) -> None:
    """A file that is said to be a backup; and a whole one with these lines as a table."""
    with tempfile.NamedTemporaryFile() as file:
        for archive in (content, _backup_with(content)):
            file.seek(0)
            file.truncate()
            file.write(archive)
            file.flush()
            with contextlib.suppress(BadInput), backup.opened(Path(file.name)) as opened:
                _read(opened)


def _read(opened: backup.Backup) -> None:
    opened.file("course.toml")
    for table in tables():
        opened.count(table.name)
        with contextlib.suppress(*DOES_NOT_FIT):
            for row in opened.rows(table.name):
                typed(row, table)


def _backup_with(lines: bytes) -> bytes:
    part = {"rows": 1, "sha256": hashlib.sha256(lines).hexdigest()}
    manifest = {"format": FORMAT, "revision": "0001", "made_at": "", "parts": {"tables/users.jsonl": part}}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("tables/users.jsonl", lines)
        archive.writestr("manifest.json", json.dumps(manifest))
    return packed.getvalue()


def _backups() -> Iterator[bytes]:
    user = {column.name: "2027-01-01T00:00:00+00:00" for column in User.__table__.columns}
    yield json.dumps(user).encode() + b"\n"
    yield _backup_with(json.dumps(user).encode() + b"\n")


TARGETS = {
    target.name: target
    for target in (
        Target("decoder", decoder, _frames),
        Target("structure", structure, _structures),
        Target("conversation", conversation, _conversations),
        Target("hello", hello, _hellos),
        Target("archives", archives, lambda: _uploads(".zip")),
        Target("notebooks", notebooks, lambda: _uploads(".ipynb")),
        Target("modules", modules, _sources),
        Target("names", names, _names),
        Target("codeforces", answers_of_codeforces, _answers),
        Target("receipts", signed_receipts, _receipts),
        Target("backups", backups, _backups),
    )
}
