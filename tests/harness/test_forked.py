"""Agents that are forked from a warm parent behave as those that are started by themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.core.errors import SandboxUnavailable
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.forked import ForkedSandboxes
from grader.harness.grading import Ahead
from grader.harness.process import ProcessSandboxes
from grader.harness.session import SandboxFailure, Session

CODE = b"""
import os, random, signal, sys, tempfile
import numpy as np
seen = []
def f(x):
    seen.append(x)
    return len(seen), os.getpid(), random.random(), float(np.random.random()), tempfile.mkdtemp()
def leave(code): os._exit(code)
def kill(): os.kill(os.getpid(), signal.SIGKILL)
def checkout():
    import tests.harness.suites
def order(): return hash("a"), list({f"name{number}" for number in range(40)}), sys.flags.no_user_site
"""


@pytest.fixture(scope="module")
def forked() -> Iterator[ForkedSandboxes]:
    with closing(ForkedSandboxes("numpy")) as opened:
        yield opened


@pytest.fixture
def load(forked):
    """Loads the code above into sandboxes that are ended with the test."""
    sessions = []

    def one():
        sessions.append(Session(forked.start()))
        module, _ = sessions[-1].load(Submission("s.py", {"s.py": CODE}), None)
        return sessions[-1], module

    yield one
    for session in sessions:
        session.close()


def test_texts_hash_as_in_one_that_was_started_by_itself(load):
    _, forked = load()
    session = Session(ProcessSandboxes().start("numpy"))
    alone, _ = session.load(Submission("s.py", {"s.py": CODE}), None)
    assert forked.order() == alone.order()
    session.close()


def test_nothing_of_one_is_seen_in_the_next_and_no_chance_is_drawn_twice(load):
    (_, first), (_, second) = load(), load()
    count, pid, drawn, drawn_by_numpy, folder = first.f(1)
    again, other, *others = second.f(1)
    assert count == again == 1
    assert pid != other
    assert drawn != others[0]
    assert drawn_by_numpy != others[1]
    assert Path(folder).parent != Path(others[2]).parent


def test_how_it_ended_is_known_and_nothing_is_left(load):
    for act, code in ((lambda module: module.leave(3), 3), (lambda module: module.kill(), -9)):
        session, module = load()
        with pytest.raises(SandboxFailure) as failure:
            act(module)
        assert failure.value.verdict == Verdict.DIED
        assert session.sandbox.child.wait(10) == code  # it may have ended and not be seen to, when it is closed
    session, module = load()
    pid, folder = module.f(1)[1], Path(session.sandbox.folder)
    assert folder.is_dir()
    session.close()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_nothing_of_the_checkout_can_be_imported(load):
    _, module = load()
    with pytest.raises(ModuleNotFoundError):
        module.checkout()


def test_where_the_warm_parent_has_ended_there_is_no_sandbox():
    with closing(ForkedSandboxes("numpy")) as opened:
        opened._parent.kill()
        with pytest.raises(SandboxUnavailable, match="warm parent of the agents"):
            opened.start()


def test_a_proof_has_them_and_ends_them():
    with closing(Ahead(ProcessSandboxes(), "numpy")) as source:
        one = source.acquire()
        parent = int(Path(f"/proc/{one.child.pid}/stat").read_text().rpartition(")")[2].split()[1])
        one.close()
        assert "grader.harness.forked" in Path(f"/proc/{parent}/cmdline").read_text()
    assert not Path(f"/proc/{parent}").exists()
