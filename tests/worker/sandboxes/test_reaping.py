"""What is left by workers that were killed is removed; what living ones have is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docker
import pytest

from grader.core.errors import SandboxUnavailable
from grader.harness.sandbox import Sandboxes
from tests.processes import living
from tests.waiting import until
from tests.worker.sandboxes.inside import Namespace
from worker.sandboxes import cgroups, folders
from worker.sandboxes.bubblewrap import BubblewrapSandboxes
from worker.sandboxes.docker import LABEL, PLACE

WORKER = """
import sys
from pathlib import Path
from worker.sandboxes.bubblewrap import BubblewrapSandboxes
from worker.sandboxes.docker import DockerSandboxes, Settings
root = Path(sys.argv[2])
sandboxes = DockerSandboxes(Settings(sockets=root)) if sys.argv[1] == "docker" else BubblewrapSandboxes(root)
sandbox = sandboxes.start("numpy")
print("ready", flush=True)
sys.stdin.read()
"""


class OtherWorker:
    """Another process that has one sandbox."""

    def __init__(self, kind: str, root: Path) -> None:
        before = set(root.glob("*"))
        command = [sys.executable, "-c", WORKER, kind, str(root)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"
        (self.folder,) = set(root.glob("*")) - before

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def others(sandboxes: Sandboxes, root: Path) -> Iterator[tuple[OtherWorker, OtherWorker]]:
    workers = (OtherWorker(sandboxes.kind, root), OtherWorker(sandboxes.kind, root))
    yield workers
    for worker in workers:
        worker.kill()
    sandboxes.reap()


def traces(root: Path) -> set[str]:
    """The names of the folders of which something is left: the folder, a container, a control group."""
    house = folders.house(root)
    found = {path.name for path in root.iterdir()}
    found |= {place.rpartition("/")[2] for place in cgroups.existing() if place.startswith(house)}
    client = docker.from_env()
    containers = client.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True)
    places = {container.labels.get(PLACE, "") for container in containers}
    return found | {place.rpartition("/")[2] for place in places if place.startswith(house)}


@pytest.mark.docker
def test_only_what_a_dead_worker_left_is_removed(sandboxes, root, others):
    mine = sandboxes.start("numpy")
    (my_folder,) = {path.name for path in root.iterdir()} - {other.folder.name for other in others}
    dead, living = others
    dead.kill()
    assert sandboxes.reap() >= 1
    assert traces(root) == {my_folder, living.folder.name}
    assert Namespace(mine).processes()
    mine.close()
    assert traces(root) == {living.folder.name}
    assert sandboxes.reap() == 0


@pytest.mark.docker
def test_workers_with_another_folder_are_left_alone(sandboxes, others, tmp_path):
    """Whether they live cannot be told from here."""
    other_house = type(sandboxes)(_elsewhere(sandboxes, tmp_path))
    dead, living = others
    dead.kill()
    assert other_house.reap() == 0
    assert {dead.folder.name, living.folder.name} <= traces(dead.folder.parent)


def _elsewhere(sandboxes: Sandboxes, tmp_path: Path) -> object:
    from worker.sandboxes.docker import Settings

    place = tmp_path / "elsewhere"
    place.mkdir(mode=0o700)
    return Settings(sockets=place) if sandboxes.kind == "docker" else place


@pytest.mark.bubblewrap
def test_a_bubblewrap_sandbox_dies_with_its_worker(root):
    other = OtherWorker("bubblewrap", root)
    (group,) = [group for place, group in cgroups.existing().items() if place.endswith(other.folder.name)]
    members = group.folders[0] / "cgroup.procs"
    assert members.read_text().split()
    other.kill()
    until(lambda: not members.read_text().split(), 10)
    group.remove()


@pytest.mark.bubblewrap
@pytest.mark.parametrize(("grouped", "words"), [(True, ""), (False, ""), (True, "half-way")])
def test_a_bwrap_that_is_killed_while_it_starts_keeps_nobody_waiting(root, tmp_path, monkeypatch, grouped, words):
    """In some moments of its start it leaves a child that waits for it for ever, with its stderr in hand."""
    left = tmp_path / "left"
    (tmp_path / "bwrap").write_text(f"#!/bin/sh\nprintf '{words}' >&2\nsleep 1000 &\necho $! > {left}\nkill -9 $$\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(BubblewrapSandboxes, "problems", lambda self, environment: [])
    if not grouped:
        monkeypatch.setattr(cgroups, "make", lambda place, limits: None)
    with pytest.raises(SandboxUnavailable, match=f"before it connected.*{words}"):
        BubblewrapSandboxes(root).start("numpy")
    until(lambda: not living([int(left.read_text())]), 10)
    assert list(root.iterdir()) == []
    assert [place for place in cgroups.existing() if place.startswith(folders.house(root))] == []
