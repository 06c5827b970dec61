"""What is made of a sandbox that ended for memory, by whose memory ran out: in a test, and while importing."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from grader.core.errors import OurFault
from grader.harness.process import ProcessSandbox, ProcessSandboxes
from grader.harness.sandbox import Death, Oom
from tests.harness import suites

SUITE = (
    "def test_a(submission): assert_equal(submission.f(1), 2)\ndef test_b(submission): assert_equal(submission.f(2), 4)"
)
ENDS = "import os\ndef end():\n    try: os.mkdir({place!r})\n    except FileExistsError: return\n    os._exit(1)\n"
IN_A_TEST = ENDS + "def f(x):\n    end()\n    return 2 * x\n"
WHILE_IMPORTING = ENDS + "end()\ndef f(x): return 2 * x\n"


class Sandboxes(ProcessSandboxes):
    """Processes; of those that end by themselves an engine says that it was for memory."""

    def __init__(self, oom: Oom) -> None:
        super().__init__()
        self.oom = oom

    def start(self, environment: str) -> ProcessSandbox:
        sandbox = super().start(environment)
        close = sandbox.close

        def closed() -> Death:
            if not has_ended(sandbox):
                return close()
            sandbox.child.wait(10)
            return replace(close(), oom=self.oom)

        sandbox.close = closed  # type: ignore[method-assign]
        return sandbox


def has_ended(sandbox: ProcessSandbox) -> bool:
    """Whether its end of the wire is closed."""
    try:
        return sandbox.wire.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False


def grade(tmp_path: Path, oom: Oom, code: str) -> dict[str, str]:
    solution = code.format(place=str(tmp_path / "has ended"))
    return suites.verdicts(suites.grade(suites.write(tmp_path, SUITE), Sandboxes(oom), solution))


@pytest.mark.parametrize(
    ("oom", "first"),
    [("limit", "memory"), ("either", "passed"), ("", "died")],
)
def test_where_the_limit_may_not_be_the_reason_another_sandbox_tells(tmp_path, oom, first):
    assert grade(tmp_path, oom, IN_A_TEST) == {"test_a": first, "test_b": "passed"}


@pytest.mark.parametrize(
    ("oom", "both"),
    [("limit", "memory"), ("either", "passed"), ("", "died")],
)
def test_so_it_does_for_an_import(tmp_path, oom, both):
    assert grade(tmp_path, oom, WHILE_IMPORTING) == {"test_a": both, "test_b": both}


@pytest.mark.parametrize("code", [IN_A_TEST, WHILE_IMPORTING])
def test_a_machine_without_memory_is_our_fault(tmp_path, code):
    with pytest.raises(OurFault, match="too little memory"):
        grade(tmp_path, "machine", code)


def test_what_always_ends_for_memory_gets_that_verdict_in_the_end(tmp_path):
    code = "import os\ndef f(x): os._exit(1)"
    assert grade(tmp_path, "either", code) == {"test_a": "memory", "test_b": "memory"}
