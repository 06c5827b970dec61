"""What a process and its family have used of processors: work of every kind counts, sleeping does not."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.harness import usage
from grader.harness.process import ProcessSandboxes
from grader.harness.usage import Waits, of_family, of_strangers, of_this_thread
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


# Threads as (ran, waited) in seconds since the last look, and what was lost to others at least.
LOOKS = {
    "one that waits for others": ([(1.0, 3.0)], 1.0, 3.0),
    "one that sleeps": ([(0.0, 0.0)], 0.0, 0.0),
    "fifty that wait for each other": ([(0.02, 0.98)] * 50, 1.0, 0.0),
    "four beside sixteen others on two processors": ([(0.1, 0.9)] * 4, 0.4, 0.6),
    "one beside another that computes": ([(1.0, 0.0), (0.0, 0.9)], 1.0, 0.0),
    "one that waits while children come and go": ([(0.1, 1.0)], 0.8, 0.3),
}


@pytest.mark.parametrize("case", LOOKS)
def test_only_what_strangers_had_is_lost(tmp_path, case):
    threads, processor, lost = LOOKS[case]
    waits, before = Waits(tmp_path), 7.0
    for number, _ in enumerate(threads):
        schedule(tmp_path, number, 5.0, 2.0)
    assert waits.look(range(len(threads)), before) == 0
    for number, (ran, waited) in enumerate(threads):
        schedule(tmp_path, number, 5.0 + ran, 2.0 + waited)
    assert waits.look(range(len(threads)), before + processor) == pytest.approx(lost)


def test_a_thread_that_has_another_ones_number_begins_anew(tmp_path):
    waits = Waits(tmp_path)
    schedule(tmp_path, 1, 5.0, 4.0)
    waits.look([1, 2], 5.0)
    schedule(tmp_path, 1, 0.25, 1.5)
    assert waits.look([1, 2], 5.25) == pytest.approx(1.5)  # the second has ended: nothing is told of it


def schedule(folder: Path, task: int, ran: float, waited: float) -> None:
    """As the kernel tells it of a thread."""
    (folder / str(task)).mkdir(exist_ok=True)
    (folder / str(task) / "schedstat").write_text(f"{round(ran * 1e9)} {round(waited * 1e9)} 3\n")


def test_of_a_machine_all_that_waits_is_lost_but_for_ones_own_work(tmp_path, monkeypatch):
    file = tmp_path / "cpu"
    file.write_text("some avg10=0.25 avg60=1.09 avg300=4.09 total=6500000\nfull avg10=0.00 total=9\n")
    monkeypatch.setattr(usage, "PRESSURE", file)
    assert of_strangers(2.0) == 4.5
    monkeypatch.setattr(usage, "PRESSURE", tmp_path / "none")
    assert of_strangers(2.0) == 0


def test_a_thread_that_waits_for_a_processor_knows_it():
    """Two on one processor: what one does not get in the time that both compute, it has waited for."""
    cpu = min(usage.os.sched_getaffinity(0))

    def compute() -> None:
        usage.os.sched_setaffinity(0, {cpu})
        while time.thread_time() < 0.4:
            pass

    code = f"import os, time\nos.sched_setaffinity(0, {{{cpu}}})\nprint(flush=True)\nwhile True: pass"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        told: list[usage.Usage] = []
        thread = threading.Thread(target=lambda: (compute(), told.append(of_this_thread())))
        thread.start()
        thread.join()
        other.kill()
    assert told[0].lost > 0.05


def used(box: Inside, call: str, *arguments: Any) -> float:
    function = getattr(box.module, call)
    before = box.session.processor_seconds()
    function(*arguments)
    return box.session.processor_seconds() - before
