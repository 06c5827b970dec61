"""What a process and its family have used of processors: work of every kind counts, sleeping does not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from grader.harness.process import ProcessSandboxes
from grader.harness.usage import of_family
from tests.worker.sandboxes.inside import Inside

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere time stands in for work")

WORK = 0.25  # seconds of processor time
TICK = 0.03  # what is told of an ended child by ticks of the kernel's may lack this much


@pytest.fixture
def box() -> Iterator[Inside]:
    box = Inside(ProcessSandboxes())
    with box:
        yield box


@pytest.mark.parametrize("kind", ["here", "thread", "child"])
def test_work_counts_wherever_it_is_done(box, kind):
    assert used(box, "work", kind, WORK) >= WORK - TICK


def test_sleeping_counts_for_nothing(box):
    assert used(box, "sleep", 0.5) < WORK


def test_a_child_that_lives_counts():
    code = "import os, sys, time\nwhile time.process_time() < 0.25: pass\nprint(flush=True)\nsys.stdin.read()"
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    with subprocess.Popen(
        [sys.executable, "-c", parent, code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert of_family(process.pid) >= WORK
        process.kill()


def test_nothing_is_told_of_what_has_ended(box):
    box.session.close()
    with pytest.raises(ProcessLookupError):
        box.sandbox.usage()


def used(box: Inside, call: str, *arguments: Any) -> float:
    function = getattr(box.module, call)
    before = box.session.processor_seconds()
    function(*arguments)
    return box.session.processor_seconds() - before
