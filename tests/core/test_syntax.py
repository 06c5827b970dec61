"""Trees from several threads at once."""

from __future__ import annotations

import ast
import gc
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.core.syntax import parse

SOURCE = Path(ast.__file__).read_text(encoding="utf-8")


@pytest.fixture
def others_run_meanwhile():
    """Each collection of garbage, of which there are many in a tree, lets another thread go on."""

    def pause(phase, info):
        time.sleep(0)

    gc.callbacks.append(pause)
    yield
    gc.callbacks.remove(pause)


def test_threads_that_parse_at_once_do_not_meet(others_run_meanwhile):
    with ThreadPoolExecutor(8) as pool:
        trees = list(pool.map(parse, [SOURCE] * 40))
    assert len({len(tree.body) for tree in trees}) == 1
