"""The handshake: only the agent that belongs to this host is let in, and nobody without the token."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.core.errors import SandboxUnavailable
from grader.harness.agent import fingerprint
from grader.harness.agent.__main__ import connect
from grader.harness.agent.line import Line
from grader.harness.process import ProcessSandboxes
from grader.harness.rendezvous import Rendezvous
from grader.harness.wire import PROTOCOL

VERSIONS = {"python": "3.11.2"}


def meet(meeting: Rendezvous, act: Callable[[socket.socket], None], **options: Any) -> Any:
    """What the host gets from an agent that connects twice and then does ``act`` on its wire."""
    opened: list[socket.socket] = []

    def agent() -> None:
        opened.extend(connect(meeting.address) for _ in range(2))
        act(opened[0])

    thread = threading.Thread(target=agent)
    thread.start()
    try:
        return meeting.accept(20, **options)
    finally:
        thread.join()
        for one in opened:
            one.close()


def says(*message: Any) -> Callable[[socket.socket], None]:
    return lambda wire: Line(wire).send(message)


@pytest.fixture(params=["unix", "tcp"])
def meeting(request: pytest.FixtureRequest, short_folder: Path) -> Rendezvous:
    return Rendezvous(str(short_folder / "agent.sock") if request.param == "unix" else None)


def test_the_agent_of_this_host_is_let_in_and_then_nobody(meeting, short_folder):
    wire, output, hello = meet(meeting, says("hello", PROTOCOL, fingerprint(), VERSIONS))
    assert (hello.protocol, hello.agent, hello.versions) == (PROTOCOL, fingerprint(), VERSIONS)
    assert list(short_folder.iterdir()) == []
    with pytest.raises(OSError, match=r"refused|No such file"):
        connect(meeting.address)
    wire.close()
    output.close()


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (says("hello", PROTOCOL + 1, fingerprint(), VERSIONS), "rebuild the images with `grader images build`"),
        (says("hello", PROTOCOL, "0123456789abcdef", VERSIONS), "rebuild the images with `grader images build`"),
        (says("good day", PROTOCOL, fingerprint(), VERSIONS), "did not say hello"),
        (says("hello"), "did not get ready"),
        (says(5), "did not get ready"),
        (lambda wire: wire.sendall(b"x" * 100), "does not begin as one"),
        (lambda wire: wire.sendall(b"GRD1" + b"\xff" * 12), "control part"),
        (lambda wire: wire.shutdown(socket.SHUT_RDWR), "went away"),
    ],
)
def test_any_other_is_turned_away_with_what_to_do(meeting, act, told):
    with pytest.raises(SandboxUnavailable, match=told):
        meet(meeting, act)


def test_over_tcp_nobody_gets_in_without_the_token():
    meeting = Rendezvous(None)
    _, host, port, _ = meeting.address.split(":")
    with socket.create_connection((host, int(port))) as stranger:
        stranger.sendall(b"\0" * 16)
        _, _, hello = meet(meeting, says("hello", PROTOCOL, fingerprint(), VERSIONS))
    assert hello.versions == VERSIONS


def test_nobody_waits_for_an_agent_that_has_ended(meeting):
    with pytest.raises(SandboxUnavailable, match="ended before it connected"):
        meeting.accept(600, ended=lambda: True)


def test_a_sandbox_with_another_agent_is_no_sandbox(monkeypatch):
    monkeypatch.setattr("grader.harness.rendezvous.fingerprint", lambda: "of another day")
    with pytest.raises(SandboxUnavailable, match="of another day"):
        ProcessSandboxes().start("numpy")
