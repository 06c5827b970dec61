"""The pytest plugin of a suite: its fixtures, its marks, the order of dependencies.

It runs inside a judge (or a student's own check), which puts a `Bench` into the configuration; what a test's
outcome is worth is the judge's business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import pytest

from grader.core.errors import AssignmentFault
from grader.testing import marks


class Bench(Protocol):
    """What a judge offers to the fixtures."""

    seed: str

    def submission(self) -> Any:
        """The student's module, in a living sandbox."""

    def probe(self) -> Any:
        """The assignment's probe, beside it."""

    def begin(self, plan: marks.Plan) -> None:
        """A test begins."""

    def passed(self, name: str) -> bool:
        """Whether this test, or every case of this parametrised test, has passed."""


BENCH = pytest.StashKey[Bench]()
PLAN = pytest.StashKey[marks.Plan]()


def pytest_configure(config: pytest.Config) -> None:
    for description in marks.DESCRIPTIONS:
        config.addinivalue_line("markers", description)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    plans = [marks.read(item) for item in items]
    for item, plan in zip(items, plans, strict=True):
        item.stash[PLAN] = plan
    marks.check(plans)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    bench, plan = item.config.stash[BENCH], item.stash[PLAN]
    bench.begin(plan)
    for name in plan.depends:
        if not bench.passed(name):
            pytest.skip(f"it needs {name}, which did not pass")


@pytest.fixture
def submission(request: pytest.FixtureRequest) -> Any:
    """The student's module: call its functions, make its classes, as if it were imported here."""
    return request.config.stash[BENCH].submission()


@pytest.fixture
def probe(request: pytest.FixtureRequest) -> Any:
    """The assignment's `probe.py`, running beside the student's code. What it returns is the student's word: compare it
    with what the suite computes.
    """
    module = request.config.stash[BENCH].probe()
    if module is None:
        raise AssignmentFault("the suite uses the probe fixture, and the assignment has no probe.py")
    return module


def _entropy(request: pytest.FixtureRequest) -> int:
    """Other inputs for every student and every test or case of it, and the same again in every upload."""
    text = f"{request.config.stash[BENCH].seed}/{request.node.name}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Randomness for this test's inputs."""
    return np.random.default_rng(_entropy(request))


@pytest.fixture
def torch_rng(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The same as a torch generator; the global one is seeded as well while the test runs."""
    import torch

    seed = _entropy(request) % 2**63
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield torch.Generator().manual_seed(seed)
