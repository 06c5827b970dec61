"""Readers of uploads: so many at once and no more, in memory and time of their own, whatever they are given to read."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time

import pytest

from grader.core.assignment import load
from grader.core.errors import BadInput, OurFault
from grader.harness import intake, parsers
from grader.harness.bounds import MIB
from tests.hostile.attacks import FOLDER

TARGET = load("hostile/target", FOLDER / "assignments")


@pytest.fixture(autouse=True)
def own_places(monkeypatch, tmp_path):
    """Places that nobody else on this machine takes."""
    monkeypatch.setattr(parsers.tempfile, "gettempdir", lambda: str(tmp_path))
    return tmp_path


def program(source: str) -> list[str]:
    return [sys.executable, "-I", "-c", source]


def test_a_program_is_told_its_input_and_heard():
    said = parsers.run(program("import sys; print(len(sys.stdin.buffer.read()))"), b"x" * 3_000_000)
    assert (said.lines, said.code, said.in_time) == ([b"3000000"], 0, True)


def test_a_line_that_was_never_finished_does_not_count():
    said = parsers.run(program("import os; os.write(1, b'one\\ntwo'); os.abort()"), b"")
    assert said.lines == [b"one"]
    assert said.code != 0
    assert said.in_time


def test_memory_output_and_time_are_bounded_from_outside():
    hungry = parsers.run(program("import time; time.sleep(0.5); x = bytearray(2 << 30); print('had it')"), b"")
    assert (hungry.lines, hungry.in_time) == ([], True)
    talkative = parsers.run(program("while True: print('x' * 1000000)"), b"")
    assert len(talkative.output) <= parsers.DEFAULT.parse_output_bytes
    assert talkative.code != 0
    with parsers.allowance() as mine:
        mine.left = 1.0
        busy = parsers.run(program("print('begun', flush=True)\nwhile True: pass"), b"")
        assert (busy.lines, busy.in_time) == ([b"begun"], False)
        assert mine.left == 0.0
        assert parsers.run(program("print(1)"), b"") == parsers.Said(b"", 1, in_time=False)


def test_who_sleeps_is_ended_by_the_clock():
    with parsers.allowance() as mine:
        mine.left = 0.2
        assert not parsers.run(program("import time; time.sleep(3600)"), b"").in_time


def test_where_the_system_waits_for_children_they_are_heard_all_the_same():
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # as in a judge
    try:
        said = parsers.run(program("print(1)"), b"")
        assert (said.lines, said.in_time) == ([b"1"], True)
        with parsers.allowance() as mine:
            mine.left = 0.2
            assert not parsers.run(program("import time; time.sleep(3600)"), b"").in_time
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_all_programs_of_an_upload_have_one_allowance():
    burn = program("import time\nwhile time.process_time() < 0.4: pass")
    with parsers.allowance() as mine:
        parsers.run(burn, b"")
        once = mine.used
        with parsers.allowance() as inner:
            parsers.run(burn, b"")
        assert inner is mine
        assert once >= 0.4
        assert mine.used >= once + 0.4
        assert mine.left == pytest.approx(parsers.DEFAULT.parse_seconds - mine.used)


HOLDER = """
import sys, tempfile
sys.path.insert(0, sys.argv[1])
from grader.harness import parsers
tempfile.gettempdir = lambda: sys.argv[2]
with parsers.place():
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder) -> subprocess.Popen[bytes]:
    """Another process, which has a place until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(intake._ROOT), str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_all_processes_of_a_machine_have_as_many_places_as_it_has_processors(own_places, monkeypatch):
    monkeypatch.setattr(parsers.os, "cpu_count", lambda: 2)
    others = [holder(own_places), holder(own_places)] if os.cpu_count() == 2 else [holder(own_places)]
    monkeypatch.setattr(parsers.os, "cpu_count", lambda: len(others))
    try:
        with pytest.raises(parsers.NoPlace) as refused, parsers.place(patience=0.1):
            pytest.fail("there was a place")
        assert refused.value.retry_after >= 1
        assert refused.value.ru
        others[0].kill()
        others[0].wait()
        with parsers.place(patience=30):
            pass
    finally:
        for other in others:
            other.kill()
            other.communicate()


def test_a_person_has_one_place_and_leaves_the_others_theirs(monkeypatch):
    monkeypatch.setattr(parsers.os, "cpu_count", lambda: 3)
    with parsers.place("anna"):
        with pytest.raises(parsers.NoPlace), parsers.place("anna", patience=0.1):
            pytest.fail("anna had two places")
        with parsers.place("boris", patience=0.1):
            pass
    with parsers.place("anna", patience=0.1):
        pass


def test_threads_never_hold_more_places_than_there_are(monkeypatch):
    monkeypatch.setattr(parsers.os, "cpu_count", lambda: 2)
    inside, most, lock = 0, 0, threading.Lock()

    def one() -> None:
        nonlocal inside, most
        with parsers.place(patience=60):
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_a_folder_of_somebody_elses_making_is_not_used(own_places):
    parsers._folder().chmod(0o777)
    with pytest.raises(OurFault, match="not a folder of ours"), parsers.place():
        pytest.fail("a place in a folder that others write to")


def test_a_child_that_cannot_be_started_is_our_fault(monkeypatch):
    def no_processes(*args, **kwargs):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(parsers.subprocess, "Popen", no_processes)
    with pytest.raises(parsers.CannotStart):
        intake.accept("a.py", b"x = 1", TARGET)


@pytest.mark.parametrize("name", ["archives-notebook-nested-deep", "archives-notebook-of-surrogates"])
def test_notebooks_and_archives_are_not_read_in_this_process(name, monkeypatch):
    monkeypatch.setattr(intake.notebooks, "to_module", lambda *_: pytest.fail("read in this process"))
    from tests.hostile.attacks import Attack

    upload = Attack(FOLDER / "rejected" / f"{name}.build.py").upload()
    with pytest.raises(BadInput):
        intake.accept(*upload, TARGET)


def test_what_reading_takes_of_memory_is_not_taken_here():
    deep = b'{"nbformat": 4, "cells": [' + b"[" * 2_500_000 + b"]" * 2_400_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInput, match="not a readable notebook"):
        intake.accept("a.ipynb", deep, TARGET)
    wide = b'{"nbformat": 4, "cells": [' + b"{}," * 1_600_000 + b"{}]}"
    with pytest.raises(BadInput, match="cells"):
        intake.accept("a.ipynb", wide, TARGET)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * MIB // 1024
