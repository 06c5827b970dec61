"""Each target for a few seconds, from one seed, and on everything that was ever found; `make fuzz` takes longer."""

from __future__ import annotations

import pytest

from tests.fuzz.__main__ import FOUND, fuzz
from tests.fuzz.targets import TARGETS

SECONDS = 2
KNOWN = sorted(path for path in FOUND.glob("*/*") if path.is_file())


@pytest.mark.parametrize("name", TARGETS)
def test_what_begins_it_is_read(name: str) -> None:
    for seed in TARGETS[name].seeds():
        TARGETS[name].run(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_unexpected_comes_of_made_up_bytes(name: str, tmp_path) -> None:
    outcome = fuzz(name, SECONDS, 1, tmp_path)
    assert not outcome.found, outcome.log[-3000:]
    assert outcome.runs > 100


@pytest.mark.parametrize("path", KNOWN, ids=lambda path: f"{path.parent.name}/{path.name[:24]}")
def test_what_was_found_is_no_surprise_any_more(path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())
