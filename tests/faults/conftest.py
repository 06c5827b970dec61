"""Moments drawn at random, and systems that end with their test and leave nothing behind."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.system import System
from tests.services import fresh_postgres

REPEATS = int(os.environ.get("GRADER_FAULTS_REPEATS", "1"))


@pytest.fixture(autouse=True, params=range(REPEATS), ids=lambda n: f"round{n + 1}")
def seed(request: pytest.FixtureRequest) -> int:
    """GRADER_FAULTS_SEED, or another one each time; it is shown with a failure."""
    drawn = int(os.environ.get("GRADER_FAULTS_SEED") or random.randrange(10**6)) + request.param
    print(f"GRADER_FAULTS_SEED={drawn}")
    return drawn


@pytest.fixture
def chance(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.fixture
def moment(chance: random.Random) -> Callable[[float], None]:
    """Let a part of this many seconds pass, drawn at random."""
    return lambda seconds: time.sleep(chance.uniform(0, seconds))


@pytest.fixture
def make() -> Iterator[Callable[..., System]]:
    """Makes systems."""
    made: list[System] = []

    def one(url: str, broker: str | None = None, **options: Any) -> System:
        made.append(System(url, broker, **options))
        return made[-1]

    yield one
    for system in made:
        system.close()
    left = [trace for system in made for trace in system.left_behind()]
    told = "\n".join(system.told() for system in made)
    denied = [line for system in made for line in system.lines() if "permission denied" in line]
    for system in made:
        system.remove()
    assert not left, f"left behind: {left}\n{told}"
    assert not denied


@pytest.fixture
def system(make: Callable[..., System], postgres_server: str, redis: Any) -> System:
    """One worker, PostgreSQL and Redis: all of it runs."""
    return make(fresh_postgres(postgres_server), redis.url).start()
