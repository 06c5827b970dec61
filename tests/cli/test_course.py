"""`grader course check` and `grader course new` on real files."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from click.testing import CliRunner

from grader.cli.course import course
from grader.core import catalogue
from grader.core.assignment import assignments_folder, names
from grader.core.course_example import example
from grader.core.course_file import read_course, shortfalls
from grader.core.course_part import part
from grader.core.errors import BadInput
from tests.core.courses import KNOWN, assignment

LECTURES = catalogue.read(assignments_folder()).lectures

FILE = """\
timezone = "Europe/Moscow"
title = { en = "ML", ru = "МО" }
[submissions]
burst = 4
refill_minutes = 90
[[assignment]]
name = "clustering/kmeans"
points = "15/2"
opens = 2027-02-01T09:00:00
deadline = 2027-02-14T20:59:00+00:00
team = true
[[assignment]]
name = "autodiff/scalar-graph"
points = 70
"""


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "course.toml"
    made.write_text(FILE, encoding="utf-8")
    return made


def run(*arguments, **options):
    return CliRunner().invoke(course, [str(a) for a in arguments], **options)


def test_the_table_shows_everything_that_is_set(path):
    done = run("check", path)
    assert done.exit_code == 0
    lines = [re.split(r"\s{2,}", line.strip()) for line in done.output.splitlines()]
    kmeans = [
        "clustering/kmeans",
        "task, team",
        "7.5",
        "Mon 1 Feb 2027, 09:00 MSK",
        "Sun 14 Feb 2027, 23:59 MSK",
        "4, one more in 90 min",
    ]
    assert kmeans in lines
    assert ["autodiff/scalar-graph", "lab", "70", "-", "-", "4, one more in 90 min"] in lines
    assert "labs 70 of 70, tasks 7.5 of 50; times are those of Europe/Moscow" in done.output
    assert "Of 50 points for tasks only 7.5 are set" in done.output
    assert "points for labs" not in done.output


def test_the_same_as_json(path):
    done = run("check", "--json", path)
    told = json.loads(done.output)
    assert [(item["name"], item["points"], item["team"]) for item in told["items"]] == [
        ("clustering/kmeans", 7.5, True),
        ("autodiff/scalar-graph", 70, False),
    ]
    first = told["items"][0]
    assert (first["burst"], first["refill_minutes"], first["opens"]) == (4, 90, "2027-02-01T09:00:00+03:00")
    assert told["totals"] == {"lab": {"points": 70, "most": 70}, "task": {"points": 7.5, "most": 50}}
    assert told["formula"]["late_lab_keeps"] == 0.6
    assert len(told["warnings"]) == 1


def test_which_solutions_are_shown_and_which_never_close_is_told(path):
    path.write_text('solutions = "after_closed"\n' + FILE)
    said = run("check", path).output
    lines = {line.split()[0]: line.rstrip() for line in said.splitlines() if line}
    assert lines["clustering/kmeans"].endswith("when closed")
    assert lines["autodiff/scalar-graph"].endswith("never closes")
    assert "never shown their reference solutions: autodiff/scalar-graph." in said
    told = json.loads(run("check", "--json", path).output)
    assert [item["solutions"] for item in told["items"]] == ["after_closed"] * 2


def test_the_file_of_the_setting_is_read_when_none_is_named(path):
    assert "scalar-graph" in run("check", env={"GRADER_COURSE": str(path)}).output


def test_what_is_wrong_is_an_error_with_its_line(path):
    path.write_text(FILE.replace("burst = 4", "burst = no"))
    assert isinstance(run("check", path).exception, BadInput)
    path.write_text(FILE.replace("points = 70", "points = 70.5"))
    assert "at most 70, not 70.5" in str(run("check", path).exception)
    assert "cannot be read" in str(run("check", path.with_name("none.toml")).exception)


def test_a_new_file_is_right_complete_and_never_written_over_another(tmp_path):
    path = tmp_path / "course.toml"
    assert run("new", path, "--begins", "2027-02-01").exit_code == 0
    told = json.loads(run("check", "--json", path).output)
    assert sorted(item["name"] for item in told["items"]) == names(assignments_folder())
    assert told["warnings"] == []
    assert min(item["deadline"] for item in told["items"]) == "2027-02-15T23:59:00+03:00"
    before = path.read_text()
    assert "is there already" in str(run("new", path).exception)
    assert path.read_text() == before
    assert "cannot be written" in str(run("new", tmp_path / "no" / "where.toml").exception)
    assert "is not a day" in str(run("new", tmp_path / "other.toml", "--begins", "soon").exception)


def test_a_part_of_the_course_in_a_term_of_its_own(tmp_path):
    path = tmp_path / "course.toml"
    options = ("--begins", "2027-02-01", "--lectures", "1-2, 9", "--tasks", "4", "--weeks", "9")
    assert run("new", path, *options).exit_code == 0
    told = json.loads(run("check", "--json", path).output)
    packages = [item["name"].partition("/")[0] for item in told["items"]]
    assert list(dict.fromkeys(packages)) == ["hyperparameters", "autodiff", "clustering"]
    assert Counter(item["kind"] for item in told["items"]) == {"lab": 3, "task": 4}
    assert told["warnings"] == []
    assert [item["deadline"][:10] for item in told["items"]][:: len(packages) - 1] == ["2027-02-15", "2027-04-05"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--lectures", "1-x"), "'1-x' is not a lecture"),
        (("--lectures", ""), "is not a lecture"),
        (("--lectures", "6-2"), "6-2 ends before it begins"),
        (("--lectures", "1,77"), "no assignment belongs to lecture 77"),
        (("--tasks", "700"), "700 tasks are wanted"),
        (("--weeks", "2"), "from 3 to 104 weeks, not 2"),
    ],
)
def test_a_part_that_there_is_not_is_refused_and_nothing_is_written(tmp_path, options, said):
    found = run("new", tmp_path / "course.toml", *options).exception
    assert isinstance(found, BadInput)
    assert said in str(found)
    assert list(tmp_path.iterdir()) == []


def test_every_comment_of_the_example_is_right_too(tmp_path):
    text = example(part(list(KNOWN.values()), LECTURES), date(2027, 2, 1))
    path = tmp_path / "course.toml"
    bare = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    path.write_text(bare.replace("points = 50", "points = 45"), encoding="utf-8")
    found = read_course(path, KNOWN)
    assert found.items[-1].contest is not None
    assert found.items[0].opens is not None
    assert all(item.bucket is not None for item in found.items[:-1])


@pytest.mark.parametrize(("labs", "tasks"), [(3, 7), (1, 1), (70, 51), (100, 3)])
def test_points_add_up_however_many_assignments_there_are(tmp_path, labs, tasks):
    many = [assignment(f"x/lab{n}", "lab") for n in range(labs)] + [
        assignment(f"y/task{n}", "task") for n in range(tasks)
    ]
    path = tmp_path / "course.toml"
    path.write_text(example(part(many, LECTURES), date(2027, 2, 1)), encoding="utf-8")
    found = read_course(path, {one.name: one for one in many})
    assert shortfalls(found) == []
    of_labs = [item.points for item in found.items if item.kind == "lab"]
    assert max(of_labs) - min(of_labs) <= 1
    assert sum(of_labs, Fraction(0)) == 70
