"""Busy processors."""

from __future__ import annotations

import os

import pytest

from grader.harness.load import busy
from tests.processes import descendants


def computing() -> set[int]:
    return set(descendants(os.getpid()))


def test_processes_compute_as_long_as_the_block_lasts():
    before = computing()
    with busy(2):
        assert len(computing() - before) == 2
    assert computing() == before
    with pytest.raises(KeyboardInterrupt), busy(1):
        raise KeyboardInterrupt
    assert computing() == before
