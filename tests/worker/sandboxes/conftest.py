from __future__ import annotations

from pathlib import Path

import pytest

from grader.harness.sandbox import Sandboxes
from worker.sandboxes.bubblewrap import BubblewrapSandboxes
from worker.sandboxes.docker import DockerSandboxes, Settings


@pytest.fixture
def root(short_folder: Path) -> Path:
    """Where the sandboxes of a test meet their host."""
    return short_folder / "sockets"


@pytest.fixture(
    params=[
        pytest.param("docker", marks=pytest.mark.docker),
        pytest.param("bubblewrap", marks=pytest.mark.bubblewrap),
    ]
)
def sandboxes(request: pytest.FixtureRequest, root: Path) -> Sandboxes:
    """Each kind for servers in turn, with a folder of its own."""
    return DockerSandboxes(Settings(sockets=root)) if request.param == "docker" else BubblewrapSandboxes(root)
