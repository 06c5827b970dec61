"""What a sandbox has used of processors is told from outside, by its control group or by the engine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from grader.core.errors import SandboxUnavailable
from grader.harness.usage import Usage
from tests.harness import suites
from tests.worker.sandboxes.inside import Inside
from worker.sandboxes import cgroups, counting, docker
from worker.sandboxes.docker import DockerSandboxes, Settings

WORK = 0.25  # seconds of processor time


@pytest.mark.parametrize("kind", ["here", "thread", "child", "orphan"])
def test_work_counts_wherever_it_is_done(sandboxes, kind):
    box = Inside(sandboxes)
    with box as inside:
        assert used(box, inside.work, kind, WORK) >= WORK


def test_sleeping_counts_for_nothing(sandboxes):
    box = Inside(sandboxes)
    with box as inside:
        assert used(box, inside.sleep, 0.5) < WORK


def test_nothing_is_told_of_what_has_ended(sandboxes):
    box = Inside(sandboxes)
    with box:
        assert box.sandbox.usage().processor > 0
    with pytest.raises(ProcessLookupError):
        box.sandbox.usage()


@pytest.mark.docker
def test_where_the_groups_are_not_seen_the_engine_tells(root, monkeypatch):
    monkeypatch.setattr(docker, "_groups", lambda controller, container_id: ())
    box = Inside(DockerSandboxes(Settings(sockets=root)))
    with box as inside:
        assert used(box, inside.work, "orphan", WORK) >= WORK
    with pytest.raises(ProcessLookupError):
        box.sandbox.usage()


def test_where_it_sleeps_nothing_is_lost_however_busy_the_machine_is(sandboxes):
    box = Inside(sandboxes)
    with box as inside:
        before = box.sandbox.usage()
        inside.sleep(1.0)
        assert (box.sandbox.usage() - before).lost < 0.5


@pytest.mark.docker
def test_an_engine_that_does_not_answer_is_nobodys_death(root, monkeypatch):
    monkeypatch.setattr(docker, "_groups", lambda controller, container_id: ())

    class Away:
        def stats(self, container_id: str, **settings: Any) -> None:
            raise TimeoutError("no answer")

    with pytest.raises(SandboxUnavailable, match="no answer"):
        docker.processor_seconds(Away(), "any")


SUITE = """
@limit(seconds=120)
def test_cost(submission, rng):
    assert_scaling(submission.f, np.sort, lambda n: (rng.normal(size=n),), sizes=(2000, 128000), tolerance=2.5)
"""
SLOW = """
import numpy as np, threading, time, os
def slow(x):
    y = np.sort(x)
    end = time.process_time() + 5e-11 * len(x) ** 2
    while time.process_time() < end: pass
    return y
"""
FAKES = {
    "honest": ("def f(x): return np.sort(x)", "passed"),
    "slow": ("f = slow", "failed"),
    "sleeps": ("def f(x):\n    time.sleep(0.05 if len(x) < 9999 else 0)\n    return slow(x)", "failed"),
    "keeps": (
        "kept = {}\ndef f(x):\n    key = x.tobytes()\n"
        "    if key not in kept: kept[key] = slow(x)\n    return kept[key]",
        "failed",
    ),
    "lies": ("def f(x): return np.sort(x) if len(x) < 9999 else x", "failed"),
}


@pytest.mark.parametrize("fake", FAKES)
def test_a_judge_measures_growth_by_it(sandboxes, tmp_path, fake):
    code, verdict = FAKES[fake]
    folder = suites.write(tmp_path, SUITE)
    assert suites.verdicts(suites.grade(folder, sandboxes, SLOW + code)) == {"test_cost": verdict}


def used(box: Inside, function: Any, *arguments: Any) -> float:
    before = box.session.processor_seconds()
    function(*arguments)
    return box.session.processor_seconds() - before


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"cpuacct.usage": "1500000000\n", "cpu.stat": "nr_periods 3\n"}, 1.5),
        ({"cpu.stat": "usage_usec 2500000\nuser_usec 1\n"}, 2.5),
        ({"cpu.stat": "nr_periods 3\n"}, None),
        ({}, None),
    ],
)
def test_both_versions_of_groups_are_read(tmp_path: Path, files: dict[str, str], told: float | None):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert counting.processor_seconds(tmp_path) == told


PRESSURE = (
    "some avg10=0.00 avg60=0.00 avg300=0.00 total=9000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=4000000\n"
)


@pytest.mark.parametrize(
    ("folders", "lost"),
    [
        ([{"cpu.pressure": PRESSURE, "cpu.stat": "usage_usec 3000000\nthrottled_usec 1000000\n"}], 3.0),
        ([{"cpuacct.usage": "1\n"}, {"cpu.stat": "throttled_time 500000000\n"}, {"cpu.pressure": PRESSURE}], 3.5),
        ([{"cpuacct.usage": "1\n"}, {"cpu.stat": "throttled_time 500000000\n"}], None),
    ],
    ids=["version 2", "version 2 beside version 1", "no pressure"],
)
def test_what_a_groups_own_limit_took_is_not_lost_to_others(tmp_path: Path, folders, lost):
    made = [tmp_path / str(number) for number in range(len(folders))]
    for folder, files in zip(made, folders, strict=True):
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
    assert counting.lost_seconds(made) == lost


def test_of_a_group_without_pressure_its_threads_tell(tmp_path: Path):
    """This process stands for a sandbox."""
    (tmp_path / "cpuacct.usage").write_text("1500000000\n")
    (tmp_path / "tasks").write_text(f"{os.getpid()}\n")
    counter = counting.Counter([tmp_path])
    assert counter.usage() == Usage(1.5, 0.0)
    (tmp_path / "tasks").unlink()
    assert counting.Counter([tmp_path]).usage() == Usage(1.5, 0.0)
    assert counting.Counter([tmp_path / "none"]).usage() is None


def test_controllers_that_are_mounted_together_have_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As most systems have them: cpu and cpuacct are links to one place."""
    for name in ("memory", "pids", "cpu,cpuacct"):
        (tmp_path / name).mkdir()
    for name in ("cpu", "cpuacct"):
        (tmp_path / name).symlink_to("cpu,cpuacct")
    monkeypatch.setattr(cgroups, "ROOT", tmp_path)
    assert [parent.parent.name for parent in cgroups._parents()] == ["memory", "pids", "cpu,cpuacct"]
