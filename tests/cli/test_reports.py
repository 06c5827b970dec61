"""The commands of reports and statistics, on a real installation: a database, a course file, the environment."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from grader.cli import cli
from grader.core.errors import BadInput
from tests.crowd import Size, fill, write_course
from tests.in_force import put_in_force

NAMES = ("lecture-00/topic-00", "lecture-01/topic-01")


@pytest.fixture
def run(sqlite, tmp_path, monkeypatch):
    """A course of a lab and a task, three students with two submissions each; runs a command, returns what it says."""
    assignments, course = write_course(tmp_path, Size(3, 2, 2))
    put_in_force(sqlite, course, assignments)
    fill(sqlite, list(NAMES), Size(3, 2, 2))
    for name, value in {
        "GRADER_ASSIGNMENTS": assignments,
        "GRADER_DATABASE": sqlite.engine.url.render_as_string(),
        "GRADER_LANGUAGE": "en",
    }.items():
        monkeypatch.setenv(name, str(value))

    def command(*arguments: str) -> str:
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return command


def test_the_gradebook_is_shown_and_is_data(run):
    assert "s00000" in run("gradebook")
    assert "s00002" in run("gradebook", "show")
    told = json.loads(run("gradebook", "show", "--json"))
    assert [student["login"] for student in told["students"]] == ["s00000", "s00001", "s00002"]
    assert [item["name"] for item in told["assignments"]] == list(NAMES)


@pytest.mark.parametrize(
    ("file", "options", "begins"),
    [
        ("a.csv", (), b"\xef\xbb\xbflogin,name,group,"),
        ("a.json", (), b"{"),
        ("a.XLSX", (), b"PK"),
        ("a.csv", ("--format", "canvas"), b"Student,ID,SIS User ID,SIS Login ID,Section,"),
        ("a.csv", ("--format", "moodle"), b"username,fullname,email,group,"),
    ],
)
def test_the_ending_of_the_file_tells_the_format(run, tmp_path, file, options, begins):
    run("gradebook", "export", str(tmp_path / file), *options)
    assert (tmp_path / file).read_bytes().startswith(begins)


def test_a_file_that_cannot_be_is_refused(run, tmp_path):
    for arguments in (("a.pdf",), ("a.xlsx", "--format", "canvas"), ("none/a.csv",)):
        path = str(tmp_path / arguments[0])
        with pytest.raises(BadInput):
            run("gradebook", "export", path, *arguments[1:])


def test_an_xlsx_in_russian(run, tmp_path):
    run("gradebook", "export", str(tmp_path / "a.xlsx"), "--language", "ru")
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Оценки", "Формула"]


def test_a_transcript_adds_up(run):
    told = json.loads(run("transcript", "s00001", "--json"))
    counted = [mark["points"] for mark in told["marks"] if mark["state"] == "counted"]
    assert sum(counted) == pytest.approx(told["labs"] + told["tasks"])
    assert told["steps"][-1]["value"] == told["final"]
    text = run("transcript", "s00001")
    assert "Topic 0" in text
    assert f"{told['final']:.2f}" in text
    with pytest.raises(BadInput):
        run("transcript", "nobody")


def test_a_report_whole_or_for_gradescope(run, sqlite):
    from grader.store.models import Submission

    with sqlite.reading() as session:
        submission = session.query(Submission).first().id
    assert "provenance" in json.loads(run("report", submission))
    assert json.loads(run("report", submission, "--format", "gradescope"))["stdout_visibility"] == "hidden"
    with pytest.raises(BadInput):
        run("report", "none")


def test_statistics_of_all_and_of_one(run):
    told = json.loads(run("statistics", "--json"))
    assert (told["students"], [item["uploads"] for item in told["assignments"]]) == (3, [6, 6])
    assert sum(one["count"] for one in told["final_scores"]) == 3
    one = json.loads(run("statistics", NAMES[0], "--json"))
    assert (one["started"], one["not_started"], one["seconds_to_result"]["median"]) == (3, [], 0)
    assert "median" in run("statistics", NAMES[0])
    assert NAMES[1] in run("statistics")
    with pytest.raises(BadInput):
        run("statistics", "none/such")


def test_points_are_told_as_decimals(run, sqlite, tmp_path):
    course = (tmp_path / "course.toml").read_text(encoding="utf-8").replace('points = "50"', "points = 1.25")
    put_in_force(sqlite, course, tmp_path / "assignments")
    assert " of 1.25" in run("statistics")
    assert " of 1.25 points" in run("statistics", NAMES[1])
