"""No process that a worker has started holds an address of the database, in its environment or as a connection."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from tests.processes import descendants
from tests.services import fresh_postgres

pytestmark = [pytest.mark.bubblewrap, pytest.mark.postgres]


def test_judges_and_sandboxes_have_neither_addresses_nor_connections(make, postgres_server, redis, tmp_path):
    url = fresh_postgres(postgres_server)
    for name, address in (("database", url), ("broker", redis.url)):
        (tmp_path / name).write_text(address)
    files = {"GRADER_DATABASE_FILE": str(tmp_path / "database"), "GRADER_BROKER_FILE": str(tmp_path / "broker")}
    system = make(url, redis.url, variables={**files, "GRADER_DATABASE": "", "GRADER_BROKER": ""}).start()
    submission = system.upload("slow")
    system.until(lambda: system.judges() and system.sandboxes(), "a judge and a sandbox run")
    judge = system.judges()[0]
    os.kill(judge, signal.SIGSTOP)  # the upload waits, however long it takes to look at everything
    worker = system.parts["worker-1"].pid
    started = descendants(worker)
    secrets = [url.partition("://")[2].encode(), str(redis.socket).encode()]
    assert len(started) > 3
    for process in started:
        assert not [secret for secret in secrets if secret in _environment(process)], process
    assert not [secret for secret in secrets if secret in _environment(worker)]
    (parent,) = system.parents_of_judges()
    assert len(_sockets(parent) & _sockets(worker)) <= 1  # its link
    assert len(_sockets(judge) & _sockets(worker)) <= 3  # its link, and the two streams of its sandbox
    inside = [process for pids in system.sandboxes().values() for process in pids]
    assert not [process for process in inside if _sockets(process) & _sockets(worker)]
    os.kill(judge, signal.SIGCONT)
    system.expect(submission)


def _environment(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/environ").read_bytes()
    return b""


def _sockets(process: int) -> set[str]:
    found = set()
    with suppress(OSError):
        for name in os.listdir(f"/proc/{process}/fd"):
            with suppress(OSError):
                found.add(os.readlink(f"/proc/{process}/fd/{name}"))
    return {target for target in found if target.startswith("socket:")}
