"""The commands of marking on a real installation: what they print, what they change, their exit codes."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from sqlalchemy import update

from grader.cli.bonus import KINDS
from grader.core.assignment import assignments_folder, load
from grader.core.report import Report, TestResult
from grader.core.submission import Submission as Content
from grader.core.verdicts import Verdict
from grader.store import jobs, people, submissions
from grader.store.models import BONUS_KINDS, AuditEntry, Extension, GroupExtension
from grader.store.records import records

LAB, TASK = "sequences/lstm", "clustering/kmeans"


def graded(place, login, name, points=3):
    now = datetime.now(UTC)
    with place.database.writing() as session:
        user, source = people.by_login(session, login), b"# x"
        content, assignment = Content("a.py", {"a.py": source}), load(name, assignments_folder())
        _, job = submissions.record(session, user, assignment, content, source, now=now)
        held = jobs.claim(session, job.id, "w", now)
        test = TestResult("t", Verdict.PASSED, Fraction(points), Fraction(4))
        report = Report(name, "hidden", (test,), "docker", 0.1, provenance={"suite_sha256": "abc"})
        assert jobs.finish(session, held, report, now)


def record(place, login):
    with place.database.reading() as session:
        user = people.by_login(session, login)
        return records(session, [user])[user.id]


def test_the_kinds_of_bonus_are_those_of_the_store():
    assert KINDS == BONUS_KINDS


def test_defences_are_listed_marked_and_withdrawn(place):
    graded(place, "anna", LAB)
    graded(place, "boris", LAB, 4)
    listed = place("defence", "list", "--json").json
    assert [(row["login"], row["lab"], row["points"]) for row in listed] == [("anna", LAB, 30), ("boris", LAB, 40)]
    assert [row["login"] for row in place("defence", "list", "--group", "M2", "--json").json] == ["boris"]
    assert place("defence", "mark", "anna", LAB, "--share", "0,5", "--note", "slow", actor="tutor").code == 0
    assert record(place, "anna").defences[LAB].share == Fraction(1, 2)
    (marked,) = place("defence", "list", "--marked", "--json").json
    assert (marked["login"], marked["share"], marked["by"], marked["note"]) == ("anna", 0.5, "tutor", "slow")
    assert "1 waiting" in place("defence", "list").out
    assert place("defence", "withdraw", "anna", LAB).code == 0
    assert "2 waiting" in place("defence", "list", "--lab", LAB).out


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("defence", "mark", "anna", TASK), "no lab"),
        (("defence", "mark", "nobody", LAB), "no student"),
        (("defence", "mark", "anna", LAB, "--share", "2"), "share must be from 0 to 1"),
        (("defence", "withdraw", "anna", LAB), "not marked"),
        (("defence", "list", "--lab", TASK), "no lab"),
        (("theory", "set", "anna", "--test", "61"), "test must be from 0 to 60"),
        (("theory", "set", "anna", "--exam", "40"), "two numbers"),
        (("theory", "set", "anna"), "--test or --exam"),
        (("bonus", "add", "anna", "0", "--reason", "x"), "more than 0"),
        (("bonus", "add", "anna", "1", "--reason", "x", "--link", "ftp://x"), "https://"),
        (("bonus", "revoke", "nothing"), "no such bonus"),
        (("extend", TASK, "--until", "2099-01-01T10:00", "--reason", "x"), "--student LOGIN or --group"),
        (("extend", TASK, "--group", "M9", "--until", "2099-01-01T10:00", "--reason", "x"), "no group"),
        (("extend", TASK, "--student", "anna", "--until", "soon", "--reason", "x"), "not a time"),
        (("override", "set", "anna", TASK, "16", "--reason", "x"), "from 0 to 15"),
        (("override", "clear", "anna", TASK), "not overridden"),
        (("audit", "show", "--since", "soon"), "not a time"),
    ],
)
def test_wrong_input_is_told_and_changes_nothing(place, args, told):
    with place.database.reading() as session:
        before = session.query(AuditEntry).count()
    done = place(*args)
    assert (done.code, told in done.err) == (2, True), done.err
    with place.database.reading() as session:
        assert session.query(AuditEntry).count() == before


@pytest.mark.parametrize("actor", [None, "anna", "nobody"])
def test_changes_are_made_in_the_name_of_staff(place, actor):
    done = place("theory", "set", "anna", "--test", "5", actor=actor)
    assert done.code == 2
    assert record(place, "anna").test == 0


def test_theory_is_set_part_by_part(place):
    assert place("theory", "set", "anna", "--test", "41,5").code == 0
    assert place("theory", "set", "ANNA", "--exam", "40,35").code == 0
    found = record(place, "anna")
    assert (found.test, found.exam.minimum, found.exam.ticket) == (Fraction(83, 2), 40, 35)
    assert place("theory", "set", "anna", "--exam", "-").code == 0
    assert (record(place, "anna").test, record(place, "anna").exam) == (Fraction(83, 2), None)
    (anna, boris) = place("theory", "list", "--json").json
    assert (anna["test"], anna["minimum"], boris["test"]) == ("41.5", "", "")
    assert "Nothing changed" in place("theory", "set", "anna", "--test", "41.5").out


def test_a_file_of_theory_points_is_tried_first(place, tmp_path):
    file = tmp_path / "theory.csv"
    file.write_text("login;test\nanna;41,5\nboris;30\n")
    dry = place("theory", "import", str(file), actor=None)
    assert dry.code == 0
    assert "test -, exam - + -" in dry.out
    assert "--apply does it" in dry.out
    assert record(place, "anna").test == 0
    assert place("theory", "import", str(file), "--apply", actor=None).code == 2  # in whose name?
    done = place("theory", "import", str(file), "--apply", "--json").json
    assert (done["applied"], len(done["changes"]), done["problems"]) == (True, 2, [])
    assert record(place, "anna").test == Fraction(83, 2)


def test_one_bad_line_stops_a_file(place, tmp_path):
    file = tmp_path / "theory.csv"
    file.write_text("login,test\nanna,41\nboris,61\nnobody,1\n")
    done = place("theory", "import", str(file), "--apply")
    assert done.code == 2
    assert "boris" not in done.out
    assert "line 3: boris, test must be from 0 to 60, not 61." in done.err
    assert "line 4: there is no student 'nobody'" in done.err
    assert record(place, "anna").test == 0


def test_a_bonus_is_given_and_taken_back(place):
    entry = place("bonus", "add", "anna", "12", "--reason", "notes", "--kind", "notes").out.strip()
    assert record(place, "anna").bonus == 12
    assert place("bonus", "revoke", entry).code == 0
    assert record(place, "anna").bonus == 0
    (row,) = place("bonus", "list", "--student", "anna", "--json").json
    assert (row["id"], row["points"], row["kind"], row["by"], row["counts"]) == (entry, 12, "notes", "boss", False)
    assert place("bonus", "list", "--student", "boris", "--json").json == []
    assert "taken back" in place("bonus", "list").out


def test_extensions_by_student_and_group_in_the_course_s_time(place):
    give = ("--until", "2099-02-14T23:59", "--reason", "ill")
    assert place("extend", TASK, "--student", "anna", *give).code == 0
    assert place("extend", "--group", "M2", *give, LAB).code == 0  # options may come first
    with place.database.reading() as session:
        own, grouped = session.query(Extension).one(), session.query(GroupExtension).one()
    assert own.deadline == grouped.deadline == datetime(2099, 2, 14, 20, 59, tzinfo=UTC)
    listed = place("extend", "list", "--json").json
    assert {(row["assignment"], row["student"], row["group"]) for row in listed} == {
        (TASK, "anna", None),
        (LAB, None, "M2"),
    }
    assert {row["until"] for row in listed} == {"2099-02-14T23:59+03:00"}
    assert place("extend", "withdraw", TASK, "--student", "anna").code == 0
    assert place("extend", "withdraw", TASK, "--student", "anna").code == 2
    assert len(place("extend", "list", "--json").json) == 1


def test_overrides_are_listed_with_what_was_computed(place):
    graded(place, "anna", TASK, 2)
    assert place("override", "set", "anna", TASK, "12", "--reason", "on paper").code == 0
    (row,) = place("override", "list", "--json").json
    assert (row["login"], row["item"], row["points"], row["computed"]) == ("anna", TASK, 12, 7.5)
    assert "on paper" in place("override", "list").out
    assert place("override", "clear", "anna", TASK).code == 0
    assert place("override", "list", "--json").json == []


def test_the_audit_log_is_shown_and_filtered(place):
    place("theory", "set", "anna", "--test", "5")
    place("theory", "set", "boris", "--test", "6", actor="tutor")
    shown = place("audit", "show", "--subject", "anna", "--action", "theory", "--json").json
    (entry,) = shown["entries"]
    place("theory", "set", "anna", "--test", "7")
    assert "test: 5 -> 7" in place("audit", "show", "--subject", "anna").out
    assert (entry["actor"], entry["subject"], entry["after"]["test"]) == ("Boss", "Anna", "5")
    assert shown["total"] == 1
    assert "test: 6" in place("audit", "show", "--actor", "tutor").out


def test_a_broken_chain_is_named_and_ends_with_code_3(place):
    place("theory", "set", "anna", "--test", "5")
    whole = place("audit", "verify", "--json")
    assert (whole.code, whole.json["first_break"], whole.json["entries"]) == (0, None, 6)
    assert whole.json["last_hash"] in place("audit", "verify").out
    with place.database.writing() as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 3).values(action="user.removed"))
    broken = place("audit", "verify")
    assert (broken.code, "breaks at entry 3" in broken.out) == (3, True)
    assert place("audit", "verify", "--json").json["first_break"] == 3


def test_a_login_that_looks_like_another_one_is_asked_about(place, tmp_path):
    asked = place("people", "add", "аnna", "Other Anna")  # a Cyrillic а
    assert asked.code == 2
    assert "аnna looks like anna (а is no Latin letter)" in asked.err
    assert place("people", "add", "аnna", "Other Anna", "--look-alike").code == 0
    roster = tmp_path / "roster.csv"
    roster.write_text("login,name\nb0ris,Other Boris\n", encoding="utf-8")
    looked = place("people", "import", str(roster))
    assert (looked.code, "ASKS     b0ris looks like boris" in looked.out) == (0, True)
    refused = place("people", "import", str(roster), "--apply")
    assert (refused.code, "--look-alike" in refused.err) == (2, True)
    assert "b0ris" not in place("people", "list").out
    told = place("people", "import", str(roster), "--apply", "--look-alike", "--json").json
    assert (told["applied"], told["alike"]) == (True, [["b0ris", "boris"]])
    assert "b0ris" in place("people", "list").out
