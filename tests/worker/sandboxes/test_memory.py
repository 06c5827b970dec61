"""Whose memory ran out: the sandbox's own limit, or what all of them share, as the kernel tells it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from grader.core.verdicts import Verdict
from tests.worker.sandboxes.inside import Inside, failure
from worker.sandboxes import cgroups
from worker.sandboxes.bubblewrap import BubblewrapSandboxes
from worker.sandboxes.settings import LIMITS, MIB

SHARED = 160 * MIB
assert LIMITS["numpy"].memory > 2 * SHARED


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All sandboxes together have less memory than each of them may take."""
    if os.getuid() != 0 and not os.environ.get("CI"):
        pytest.skip("control groups can be made by root alone")
    monkeypatch.setattr(cgroups, "PARENT", f"grader-short-{os.getpid()}")
    for parent in cgroups._parents():
        cgroups._prepare(parent)
        for name in ("memory.max", "memory.limit_in_bytes"):
            if (parent / name).exists():
                (parent / name).write_text(str(SHARED))
    yield
    for parent in cgroups._parents():
        for _ in range(100):
            with suppress(OSError):
                parent.rmdir()
                break
            time.sleep(0.05)


@pytest.mark.bubblewrap
def test_where_what_all_share_has_run_out_no_student_is_blamed(short, root):
    box = Inside(BubblewrapSandboxes(root))
    with box as inside:
        assert failure(inside, "eat").verdict is Verdict.DIED
    assert box.session.machine_is_short
    assert box.sandbox.close().oom == "machine"


def test_where_its_own_limit_was_reached_that_is_known(sandboxes):
    box = Inside(sandboxes)
    with box as inside:
        assert failure(inside, "eat").verdict is Verdict.MEMORY
    assert not box.session.machine_is_short
    certain = sandboxes.kind == "bubblewrap"  # a container's group is gone as soon as its last process
    assert box.sandbox.close().oom in (("limit",) if certain else ("limit", "either"))


@pytest.mark.parametrize(
    ("files", "oom"),
    [
        ({"memory.events": "low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\noom_group_kill 0\n"}, "limit"),
        ({"memory.events": "low 0\nhigh 0\nmax 9\noom 0\noom_kill 1\noom_group_kill 0\n"}, "machine"),
        ({"memory.events": "low 0\nhigh 0\nmax 9\noom 0\noom_kill 0\noom_group_kill 0\n"}, ""),
        ({"memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n"}, "either"),
        ({"memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n"}, ""),
        ({"memory.oom_control": "not what it was\n"}, ""),
        ({}, ""),
    ],
)
def test_the_counters_of_both_versions_are_read(tmp_path: Path, files: dict[str, str], oom: str):
    """The texts are the kernel's, documented in its cgroup-v2.rst and cgroup-v1/memory.rst."""
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert cgroups.oom(tmp_path) == oom
