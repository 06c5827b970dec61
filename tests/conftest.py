"""What all tests share. In CI nothing may be skipped: a missing engine, database or browser is a failure there."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure: no time decides whether a property holds.
settings.register_profile("grader", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("grader")

# What commands print is not broken into the lines of whoever runs the tests. The readline that pytest imports sets this
# for programs that are started, unseen by `os.environ`.
os.environ.pop("COLUMNS", None)
os.unsetenv("COLUMNS")

# Whoever starts the tests in the background, or by `nohup`, has them ignore signals, and with them all that they start.
for number, default in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, default)

REQUIREMENTS = {
    "docker": "a Docker engine with the sandbox images (scripts/engine, grader images build)",
    "bubblewrap": "bubblewrap",
    "postgres": "PostgreSQL's programs",
    "browser": "Chromium",
}

# A file runs in one process: the long ones begin first, so that none ends long after all the others.
LONG_FILES = (
    "faults/test_chaos.py",
    "hostile/test_attacks.py",
    "faults/test_services.py",
    "faults/test_credentials.py",  # a short one: xdist puts it behind chaos, which is a single test
    "hostile/test_bank.py",
    "faults/test_workers.py",
    "hostile/test_defences.py",
    "faults/test_engine.py",
    "launch/test_up.py",
    "fuzz/test_fuzz.py",
    "harness/test_supervisor.py",
    "cli/test_grade.py",
    "web/test_contract.py",
    "launch/test_term.py",
    "browser/test_marking.py",
    "harness/test_proof.py",
    "browser/test_hostile_text.py",
    "web/test_costs.py",
)

pytest_plugins = ["tests.services"]


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """For Unix sockets, whose paths have 107 bytes at most: those of `tmp_path` may be longer."""
    with tempfile.TemporaryDirectory(prefix="grader-") as folder:
        yield Path(folder)


def available(what: str) -> bool:
    if what == "docker":
        from grader.harness.sandbox import find

        return not find("docker").problems("numpy")
    if what == "bubblewrap":
        return shutil.which("bwrap") is not None
    if what == "postgres":
        from tests.services import postgres_programs

        return postgres_programs() is not None
    return shutil.which("chromium") is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    needed = {mark.name for item in items for mark in item.iter_markers() if mark.name in REQUIREMENTS}
    missing = {name for name in needed if not available(name)}
    if missing and os.environ.get("CI"):
        raise pytest.UsageError(
            f"CI runs every test; missing: {', '.join(REQUIREMENTS[name] for name in sorted(missing))}"
        )
    begin = {f"tests/{file}": place for place, file in enumerate(LONG_FILES)}
    items.sort(key=lambda item: begin.get(item.nodeid.partition("::")[0], len(begin)))
    for item in items:
        for name in missing & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason=f"needs {REQUIREMENTS[name]}"))
