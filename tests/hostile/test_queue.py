"""What is done to the queue and the worker, beside an honest submission that must be graded once, with full marks."""

from __future__ import annotations

import runpy
from collections.abc import Iterator

import pytest

from tests.faults.system import System
from tests.hostile.attacks import Attack, attacks

ACTS = [attack for attack in attacks() if attack.acts]

pytestmark = pytest.mark.bubblewrap


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One worker for all of them, which has to outlive them; a private Redis; SQLite."""
    from tests.services import Redis

    folder = tmp_path_factory.mktemp("queue")
    redis = Redis(folder)
    redis.start()
    running = System(f"sqlite:///{folder / 'grader.db'}", redis.url).start()
    yield running
    running.close()
    redis.kill()
    assert running.left_behind() == []
    running.remove()


@pytest.mark.parametrize("attack", ACTS, ids=lambda attack: attack.name)
def test_the_next_submission_is_graded_once_with_full_marks(system: System, attack: Attack):
    worker = system.parts["worker-1"].pid
    steps = runpy.run_path(str(attack.path))
    steps["act"](system)
    system.expect(system.upload(login=attack.path.name.split(".")[0]))  # one person may upload ten times a minute
    if "check" in steps:
        steps["check"](system)
    assert system.parts["worker-1"].runs
    assert system.parts["worker-1"].pid == worker
