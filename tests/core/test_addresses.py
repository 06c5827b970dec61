"""Where the addresses of database and broker come from, and that they go."""

from __future__ import annotations

import pytest

from grader.core import addresses
from grader.core.errors import BadInput


def test_a_file_goes_before_the_environment(tmp_path):
    (tmp_path / "url").write_text("postgresql://from-the-file\n")
    told = {"GRADER_DATABASE": "sqlite://", "GRADER_DATABASE_FILE": str(tmp_path / "url"), "GRADER_BROKER": "redis://x"}
    assert addresses.database(told) == "postgresql://from-the-file"
    assert addresses.broker(told) == "redis://x"
    assert addresses.database({"GRADER_DATABASE": "sqlite://"}) == "sqlite://"
    assert addresses.database({"GRADER_DATABASE": "", "GRADER_DATABASE_FILE": ""}) is None


def test_a_file_that_is_missing_is_told_by_its_name_and_not_passed_over(tmp_path):
    told = {"GRADER_DATABASE": "sqlite://", "GRADER_DATABASE_FILE": str(tmp_path / "none")}
    with pytest.raises(BadInput, match=r"GRADER_DATABASE_FILE: .*none cannot be read"):
        addresses.database(told)


def test_nothing_that_is_started_later_inherits_them():
    told = {"GRADER_DATABASE": "a", "GRADER_DATABASE_FILE": "b", "GRADER_BROKER": "c", "GRADER_COURSE": "d"}
    addresses.forget(told)
    assert told == {"GRADER_COURSE": "d"}
