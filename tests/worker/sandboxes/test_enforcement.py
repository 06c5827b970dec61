"""An engine that takes limits and does not keep them is found out before anything of a student runs on it."""

from __future__ import annotations

from typing import Any

import pytest

from worker.sandboxes import enforcement
from worker.sandboxes.containers import create_arguments
from worker.sandboxes.docker import DockerSandboxes


@pytest.fixture(autouse=True)
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enforcement, "_kept", set())


class Telling:
    """A client whose engine describes itself like this, and never starts anything."""

    def __init__(self, **told: bool) -> None:
        self._told = told

    def info(self) -> dict[str, Any]:
        return {"ID": "telling", **self._told}


def test_an_engine_that_says_so_is_believed():
    (told,) = enforcement.problems(Telling(MemoryLimit=False, PidsLimit=True, CpuCfsQuota=True), {})
    assert "limit memory:" in told
    (told,) = enforcement.problems(Telling(MemoryLimit=True, PidsLimit=False, CPUCfsQuota=False), {})
    assert "limit processes, CPU time:" in told


@pytest.mark.docker
def test_the_engine_here_keeps_its_limits_and_is_asked_once(monkeypatch):
    sandboxes = DockerSandboxes()
    assert sandboxes.problems("numpy") == []
    monkeypatch.setattr(enforcement, "_PROGRAM", "import os; os._exit(43)")
    assert sandboxes.problems("numpy") == []
    monkeypatch.setattr(enforcement, "_kept", set())
    assert "memory" in sandboxes.problems("numpy")[0]


@pytest.mark.docker
@pytest.mark.parametrize(
    ("without", "what"),
    [(("mem_limit", "memswap_limit"), "memory"), (("pids_limit",), "processes"), (("nano_cpus",), "CPU time")],
)
def test_one_that_ignores_a_limit_is_refused(monkeypatch, without: tuple[str, ...], what: str):
    def ignored(*args: Any, **options: Any) -> dict[str, Any]:
        return {name: value for name, value in create_arguments(*args, **options).items() if name not in without}

    monkeypatch.setattr("worker.sandboxes.docker.create_arguments", ignored)
    for _ in range(2):  # what was found wanting is tried again
        (told,) = DockerSandboxes().problems("numpy")
        assert f"does not limit {what}:" in told
