from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import worker.spares
from grader.store.engine import Database
from tests.worker.graders import Workers


@pytest.fixture
def workers(sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(worker.spares, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(worker.spares, "PAUSES", (0.05,))
    made = Workers(sqlite, tmp_path)
    yield made
    made.close()
