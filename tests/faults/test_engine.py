"""The Docker engine is restarted, and its images go and come back changed: nobody is blamed for it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.harness.wire import PROTOCOL
from tests.faults.engine import Engine
from tests.faults.system import System
from tests.services import fresh_postgres
from worker.sandboxes.docker import DockerSandboxes, Settings

pytestmark = [pytest.mark.docker, pytest.mark.postgres]


@pytest.fixture
def engine() -> Iterator[Engine]:
    if os.getuid() != 0:
        if os.environ.get("CI"):
            pytest.fail("an engine of its own can be started by root alone")
        pytest.skip("an engine of its own can be started by root alone")
    with tempfile.TemporaryDirectory(prefix="grader-engine-", ignore_cleanup_errors=True) as folder:
        started = Engine(Path(folder))
        try:
            started.start()
            started.copy_image()
            yield started
        finally:
            started.stop()


@pytest.fixture
def system(engine: Engine, postgres_server: str, redis: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    """One worker with Docker's sandboxes in that engine. In the end all can be tidied up: nothing is held any more."""
    monkeypatch.setenv("DOCKER_HOST", engine.address)
    running = System(fresh_postgres(postgres_server), redis.url, sandbox="docker").start()
    yield running
    running.close()
    DockerSandboxes(Settings(sockets=running.sockets)).reap()
    left = [container.name for container in engine.client().containers.list(all=True)]
    told, places = running.told(), list(running.sockets.iterdir())
    running.remove()
    assert (left, places) == ([], []), told


def test_an_engine_that_is_restarted_in_mid_grade_is_no_failure_of_the_student(system, engine, moment):
    running, waiting = system.upload("slow"), system.upload("wrong", "boris")
    system.until(lambda: system.judges(), "a judge runs")
    moment(2.5)
    engine.stop()
    meanwhile = system.upload(login="clara")
    engine.start()
    system.expect(running, meanwhile)
    system.expect(waiting, kind="wrong")
    assert system.broken() == []


def test_images_that_go_and_come_back_with_another_protocol_break_no_job(system, engine):
    system.expect(system.upload())
    worker = system.parts["worker-1"]
    engine.remove_image()
    waiting = [system.upload(login=f"early{n}") for n in range(2)]  # more than there are spares
    system.until(lambda: "There is no image" in worker.log.read_text(), "the worker misses the image")
    engine.put_other_protocol()
    system.until(
        lambda: f"holds another agent (protocol {PROTOCOL + 1}" in worker.log.read_text(),
        "the worker refuses the image",
    )
    engine.put_image_back()
    system.expect(*waiting, system.upload(login="late"))
    assert system.broken() == []
