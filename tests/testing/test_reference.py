"""The page of reference on suites names everything that suites import."""

from __future__ import annotations

from pathlib import Path

import grader.testing

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "suites.md"
OF_RESULTS = {"Counted", "RemoteObject"}  # what the functions give; suites do not make them


def test_everything_that_suites_import_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in grader.testing.__all__ if f"`{name}" not in text and name not in OF_RESULTS] == []
