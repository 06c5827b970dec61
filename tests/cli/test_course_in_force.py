"""`grader course apply`, `show` and `history` on a real installation: what changes is told before it holds."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest

from grader.store.models import CourseVersion, User
from tests.cli.test_marking import TASK, graded, record
from tests.in_force import small_course


@pytest.fixture
def file(place):
    """The course file, as an instructor edits it."""
    return place.folder / "course.toml"


def halve(file) -> str:
    """Other points for the task; the line as it was."""
    text = file.read_text()
    before = text[text.index(f'name = "{TASK}"') :]
    line = next(line for line in before.splitlines() if line.startswith("points"))
    file.write_text(text.replace(before, before.replace(line, "points = 2", 1)))
    return line


def apply(place, *more: str):
    return place("course", "apply", str(place.folder / "course.toml"), *more)


def numbers(place) -> list[int]:
    return [one["number"] for one in place("course", "history", "--json", actor=None).json]


def test_what_changes_and_whose_marks_is_told_and_lower_marks_need_a_word(place, file):
    graded(place, "anna", TASK)
    line = halve(file)
    looked = apply(place, "--preview")
    assert looked.code == 0
    assert TASK in looked.out
    assert line.partition("= ")[2] in looked.out
    assert "Students whose marks change: 1. Marks that get lower: 1." in looked.out
    refused = apply(place)
    assert refused.code == 2
    assert "--may-lower" in refused.err
    assert numbers(place) == [1]
    assert place("course", "show", actor=None).out != file.read_text()
    done = apply(place, "--may-lower")
    assert done.code == 0
    assert "Version 2 of the course is in force." in done.out
    assert numbers(place) == [2, 1]
    assert place("course", "show", actor=None).out == file.read_text()
    assert place("course", "show", "--number", "1", actor=None).out != file.read_text()
    students = {one["login"]: one for one in place("gradebook", "show", "--json").json["students"]}
    assert students["anna"]["marks"][TASK]["points"] == 1.5  # three quarters of two
    entries = place("audit", "show", "--json").json["entries"]
    entry = next(one for one in entries if one["action"] == "course.applied")
    assert entry["after"]["number"] == 2


def test_marks_that_rise_and_rules_that_change_need_no_word_and_are_data(place, file):
    file.write_text(file.read_text().replace("[title]", '[lateness]\nweeks = "full"\n[title]', 1))
    told = apply(place, "--json")
    assert told.code == 0
    assert told.json["changes"] == [
        {"of": "the course", "what": "weeks of lateness", "before": "started", "after": "full"}
    ]
    assert told.json["marks"] == []
    assert told.json["version"] == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text, "in force already"),
        (lambda text: text + "pointz = 5\n", "pointz"),
        (lambda text: "[title", "course.toml"),
    ],
)
def test_what_changes_nothing_or_is_wrong_is_refused(place, file, change, told):
    file.write_text(change(file.read_text()))
    refused = apply(place)
    assert refused.code == 2
    assert told in refused.err
    assert numbers(place) == [1]


@pytest.mark.parametrize("who", ["anna", "tutor", "nobody"])
def test_only_an_instructor_applies_a_course(place, file, who):
    file.write_text(file.read_text() + "# other\n")
    refused = place.run("course", "apply", str(file), "--data", str(place.folder), "--as", who)
    assert refused.code == 2
    assert f"{who} is no instructor of this course." in refused.err
    assert numbers(place) == [1]


def test_it_is_read_from_standard_input_as_well(place, file, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(file.read_text() + "# other\n"))
    done = place("course", "apply", "-")
    assert done.code == 0
    assert numbers(place) == [2, 1]
    assert place("course", "show", actor=None).out.endswith("# other\n")


def test_an_assignment_that_is_no_longer_set_is_told_with_the_marks_it_takes(place, file):
    graded(place, "anna", TASK)
    first, *tables = file.read_text().split("[[assignment]]")
    file.write_text("[[assignment]]".join([first, *(table for table in tables if f'"{TASK}"' not in table)]))
    told = apply(place, "--preview", "--json").json
    assert {"of": TASK, "what": "", "before": "is set", "after": "-"} in told["changes"]
    assert [(one["login"], one["after"], one["lower"]) for one in told["marks"]] == [("anna", 0, True)]


def test_who_has_used_a_deadline_that_gets_earlier_keeps_it_where_that_is_wanted(place, file):
    graded(place, "anna", TASK)
    text = file.read_text()
    table = text[text.index(f'name = "{TASK}"') :]
    line = next(line for line in table.splitlines() if line.startswith("deadline"))
    file.write_text(text.replace(table, table.replace(line, "deadline = 2020-02-01T23:59:00", 1)))
    lower = apply(place, "--preview")
    assert "Marks that get lower: 1." in lower.out
    assert "used already: 1; --keep-used" in lower.out
    done = apply(place, "--keep-used", "--json")
    assert done.code == 0
    assert done.json["marks"] == []
    assert done.json["used"] == [{"login": "anna", "assignment": TASK}]
    assert TASK in record(place, "anna").deadlines


def test_another_one_can_be_applied_where_the_one_in_force_does_not_fit(place, file):
    with place.database.writing() as session:
        session.add(CourseVersion(number=2, applied_at=datetime.now(UTC), text="[title"))
    assert place("course", "show", actor=None).out == "[title\n"  # to be edited
    done = apply(place)
    assert done.code == 0
    assert "does not fit the assignments" in done.err
    assert numbers(place) == [3, 2, 1]


def test_a_file_can_be_tried_before_it_is_applied(place, file, run, monkeypatch):
    """Beside GRADER_DATABASE commands count by the file that GRADER_COURSE names, also where no course is in force."""
    graded(place, "anna", TASK)
    halve(file)
    monkeypatch.setenv("GRADER_DATABASE", place.database.engine.url.render_as_string())
    monkeypatch.setenv("GRADER_COURSE", str(file))

    def shown() -> tuple[float, str]:
        told = run("gradebook", "show", "--json")
        anna = next(one for one in told.json["students"] if one["login"] == "anna")
        return anna["marks"][TASK]["points"], told.err

    points, said = shown()
    assert points == 1.5
    assert "which is not the course in force" in said
    with place.database.writing() as session:
        session.query(CourseVersion).delete()
    assert shown() == (1.5, "")


def test_without_a_course_show_says_so_and_history_is_empty(place, file, monkeypatch):
    with place.database.writing() as session:
        session.query(CourseVersion).delete()
    monkeypatch.setenv("GRADER_COURSE", str(file))
    told = place("course", "show", actor=None)
    assert (told.code, "No course is set yet" in told.err) == (2, True)
    assert numbers(place) == []


def test_used_deadlines_are_left_to_students_by_somebody(place, file):
    graded(place, "anna", TASK)
    with place.database.writing() as session:
        for user in session.query(User).where(User.role == "instructor"):
            user.active = False
    file.write_text(re.sub("deadline = .*", "deadline = 2020-02-01T23:59:00", file.read_text()))
    refused = place("course", "apply", str(file), "--keep-used", actor=None)
    assert refused.code == 2
    assert "only an instructor" in refused.err
    assert numbers(place) == [1]


@pytest.mark.parametrize("command", [("course", "show"), ("course", "apply"), ("people", "list")])
def test_before_the_tables_are_made_a_line_says_how(run, tmp_path, monkeypatch, command):
    monkeypatch.setenv("GRADER_DATABASE", f"sqlite:///{tmp_path / 'empty.db'}")
    monkeypatch.delenv("GRADER_DATA", raising=False)
    monkeypatch.setenv("GRADER_COURSE", str(tmp_path / "course.toml"))
    (tmp_path / "course.toml").write_text(small_course(datetime.now(UTC)), encoding="utf-8")
    told = run(*command)
    assert told.code == 2
    assert "grader migrate brings them there" in told.err
