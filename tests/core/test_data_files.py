"""The data of an assignment: what it may be, who gets it, and that it counts to what decides a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core import data_files
from grader.core.assignment import load, student_files, student_sha256
from grader.core.editions import suite_sha256
from tests.harness import suites


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return suites.write(tmp_path, "def test(submission): pass") / suites.NAME


def put(place: Path, *names: str, content: bytes = b"x") -> None:
    for name in names:
        path = place / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_all_its_files_are_given_to_students_and_no_hidden_one(place):
    put(place, "table.csv", "more/deep/tone.wav")
    (place / "hidden" / "answers.csv").write_text("7")
    given = student_files(load(suites.NAME, place.parents[1]))
    assert {path for path in given if path.endswith((".csv", ".wav"))} == {"data/table.csv", "data/more/deep/tone.wav"}
    assert given["data/table.csv"] == b"x"
    assert data_files.sizes(place) == {"table.csv": 1, "more/deep/tone.wav": 1}
    assert list(data_files.faults(place)) == []


def test_a_link_gives_nobody_what_lies_elsewhere(place):
    put(place, "table.csv")
    (place / "data" / "outside.csv").symlink_to(place / "hidden" / "test_small.py")
    (place / "data" / "folder").symlink_to(place / "hidden")
    assert list(data_files.read(place)) == ["table.csv"]
    assert sorted(data_files.faults(place)) == [
        "data/folder: it must be an ordinary file",
        "data/outside.csv: it must be an ordinary file",
    ]
    linked = place.with_name("linked")
    linked.mkdir()
    (linked / "data").symlink_to(place / "data")
    assert data_files.read(linked) == {}
    assert list(data_files.faults(linked)) == ["data must be a folder of files"]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("a b.csv",), "Latin letters"),
        (("данные.csv",), "Latin letters"),
        ((".DS_Store",), "Latin letters"),
        (("aux.txt",), "Latin letters"),
        (("dot.",), "Latin letters"),
        ((f"{'n' * 81}",), "Latin letters"),
        (("helper.py",), "looks like code"),
        (("book.IPYNB",), "looks like code"),
        (("fast.so",), "looks like code"),
        (("hidden/a.csv",), "students would not get it"),
        (("questions.toml",), "students would not get it"),
        (("a/b/c/d/e.csv",), "more than 3 folders"),
        (("Table.csv", "table.csv"), "some systems take it for Table.csv"),
        (tuple(f"{n}.csv" for n in range(51)), "holds 51 files; at most 50"),
    ],
)
def test_what_it_may_not_hold_is_told(place, names, told):
    put(place, *names)
    faults = list(data_files.faults(place))
    assert len(faults) == 1
    assert told in faults[0]


def test_its_size_is_bounded_in_all(place):
    put(place, "a.npy", content=bytes(2_500_000))
    put(place, "b.npy", content=bytes(2_500_000))
    assert list(data_files.faults(place)) == []
    put(place, "c.npy")
    assert list(data_files.faults(place)) == ["data/ holds 5,000,001 bytes; at most 5,000,000 are possible"]


def test_an_empty_folder_is_told(place):
    (place / "data").mkdir()
    assert list(data_files.faults(place)) == ["data/ holds no file: remove the folder"]


@pytest.mark.parametrize("change", ["content", "name", "another", "removed"])
def test_data_change_what_decides_a_mark_and_what_students_have(place, change):
    put(place, "table.csv", "other.csv")
    assignment = load(suites.NAME, place.parents[1])
    before = suite_sha256(assignment), student_sha256(assignment)
    file = place / "data" / "table.csv"
    match change:
        case "content":
            file.write_bytes(b"y")
        case "name":
            file.rename(file.with_name("renamed.csv"))
        case "another":
            put(place, "third.csv")
        case "removed":
            file.unlink()
    after = suite_sha256(assignment), student_sha256(assignment)
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_hidden_data_change_what_decides_a_mark_alone(place):
    hidden = place / "hidden" / "answers.csv"
    hidden.write_text("7")
    assignment = load(suites.NAME, place.parents[1])
    before = suite_sha256(assignment), student_sha256(assignment)
    hidden.write_text("8")
    assert suite_sha256(assignment) != before[0]
    assert student_sha256(assignment) == before[1]
