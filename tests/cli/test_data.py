"""The data of an assignment on a student's machine: `grader start` lays them out, `grader check` finds them."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.harness import suites

PLACES = f"grader-parsers-{os.getuid()}"  # locks of those that read uploads, which stay
SUITE = """
from pathlib import Path
@title(en="All of the table", ru="Вся таблица")
def test(submission):
    table = Path(__file__).parents[1] / "data" / "table.csv"
    assert_equal(submission.f(), table.read_text())
"""
SOLUTION = """TABLE = open("data/table.csv").read()
def f(): return TABLE
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, without any data; the assignment lies elsewhere."""
    folder = suites.write(tmp_path, SUITE)
    place = folder / suites.NAME
    (place / "data/more").mkdir(parents=True)
    (place / "data/table.csv").write_text("1,2\n")
    (place / "data/more/words.txt").write_text("да\n")
    (place / "starter.py").write_text("def f(): raise NotImplementedError\n")
    (place / "statement.en.md").write_text("Read.\n")
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def test_they_are_laid_out_and_found_by_the_check_wherever_it_is_started(here, run):
    done = run("start", suites.NAME)
    assert done.code == 0, done.err
    assert "data/" in done.out
    assert (here / "small/data/table.csv").read_text() == "1,2\n"
    assert (here / "small/data/more/words.txt").read_text() == "да\n"
    (here / "small/solution.py").write_text(SOLUTION)
    checked = run("check", suites.NAME, "small/solution.py")
    assert checked.code == 0, checked.out + checked.err


def test_a_folder_of_that_name_is_not_written_into(here, run):
    (here / "mine/data").mkdir(parents=True)
    done = run("start", suites.NAME, "mine")
    assert (done.code, "already holds a folder data" in done.err) == (2, True)
    assert [path.name for path in (here / "mine").rglob("*")] == ["data"]


def test_the_assignment_s_own_copy_counts_whatever_an_archive_brings(here, run):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hw/solution.py", SOLUTION)
        archive.writestr("hw/Data/table.csv", "another table")
        archive.writestr("hw/data/model.bin", b"\0" * 100)
    (here / "mine.zip").write_bytes(packed.getvalue())
    done = run("check", suites.NAME, "mine.zip")
    assert done.code == 0, done.out + done.err
    assert "left out: hw/Data/table.csv, hw/data/model.bin" in done.out.replace("\n", " ")


def test_a_check_leaves_nothing_of_them_behind(here, run, monkeypatch):
    (here / "mine.py").write_text(SOLUTION)
    with TemporaryDirectory(dir="/tmp") as temporary:  # short enough for the path of a socket
        monkeypatch.setattr("tempfile.tempdir", temporary)
        assert run("check", suites.NAME, "mine.py").code == 0
        assert [name for name in os.listdir(temporary) if name != PLACES] == []
