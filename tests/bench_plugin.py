"""A pytest plugin that runs a hidden suite with the solution in the same process: what `make bench` compares with.

``python -m pytest SUITE -p tests.bench_plugin --solution FILE``. There is no boundary here; it is only for timing.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.harness.agent.operations import OPERATIONS
from grader.harness.wire import Unencodable, encode
from grader.testing import RemoteObject, plugin

pytest_plugins = ["grader.testing.plugin"]


class Here:
    """A connection to objects of this very process."""

    def __init__(self) -> None:
        self.objects: dict[bytes, Any] = {}

    def do(self, operation: str, target: RemoteObject, *args: Any, **kwargs: Any) -> Any:
        given = [self.inside(a) for a in args]
        named = {name: self.inside(a) for name, a in kwargs.items()}
        return self.outside(OPERATIONS[operation](self.objects[target._token], *given, **named))

    def forget(self, token: bytes) -> None:
        self.objects.pop(token, None)

    def inside(self, value: Any) -> Any:
        if isinstance(value, RemoteObject):
            return self.objects[value._token]
        if callable(value):
            return lambda *a, **k: self.inside(value(*map(self.outside, a), **k))
        return value

    def outside(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.outside(v) for v in value)
        try:
            encode(value)
        except Unencodable:
            token = os.urandom(16)
            self.objects[token] = value
            return RemoteObject(self, token, type(value).__name__, callable(value))
        return value


class LocalBench:
    """The `Bench` of a suite whose solution is imported here."""

    seed = "bench"

    def __init__(self, solution: Path, probe: Path) -> None:
        self.connection = Here()
        self.modules = [load(solution, "solution"), load(probe, "probe") if probe.exists() else None]

    def submission(self) -> Any:
        return self.connection.outside(self.modules[0])

    def probe(self) -> Any:
        return self.connection.outside(self.modules[1]) if self.modules[1] is not None else None

    def begin(self, plan: Any) -> None: ...

    def passed(self, name: str) -> bool:
        return True


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--solution", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    solution = config.getoption("--solution")
    probe = Path(config.args[0]).resolve().parent / "probe.py"
    config.stash[plugin.BENCH] = LocalBench(solution, probe)
