"""The commands of marking on a real installation: what they print, what they change, their exit codes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import update

from grader.cli.bonus import KINDS
from grader.core.assignment import assignments_folder, load
from grader.core.report import Report, TestResult
from grader.core.scoring import Exam
from grader.core.submission import Submission as Content
from grader.core.verdicts import Verdict
from grader.store import jobs, people, submissions
from grader.store.models import BONUS_KINDS, AuditEntry, CodeforcesSolution, Extension, GroupExtension
from grader.store.records import records, touch
from tests.in_force import put_in_force

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


def on_codeforces(place, *logins):
    """A course of one contest that ended yesterday, and a solution of today of each of these; for an extension."""
    now = datetime.now(UTC)
    due = now - timedelta(days=1)
    put_in_force(
        place.database,
        'timezone = "Europe/Moscow"\n[title]\nen = "T"\nru = "T"\n[[codeforces]]\nname = "codeforces/one"\npoints = 6\n'
        f'title = {{ en = "O", ru = "O" }}\ncontest = 102\nproblems = ["A", "B"]\ndeadline = {due:%Y-%m-%dT%H:%M:00}\n',
    )
    with place.database.writing() as session:
        for login in logins:
            user = people.by_login(session, login)
            one = CodeforcesSolution(
                remote_id=login, user_id=user.id, item=CONTEST, problem="A", at=now, share=Fraction(1), imported_at=now
            )
            session.add(one)
            touch(session, [user.id])


def points(place):
    students = place("gradebook", "show", "--json").json["students"]
    return {one["login"]: one["marks"].get(CONTEST, {}).get("points") for one in students}


CONTEST = "codeforces/one"
GIVE = ("extend", CONTEST, "--days", "3", "--reason", "moved")


def test_an_extension_tells_whose_marks_change_and_a_lower_mark_must_be_meant(place):
    on_codeforces(place, "anna")
    preview = place(*GIVE, "--group", "M1", "--preview")
    assert (preview.code, points(place)["anna"]) == (0, 0)
    assert re.search(r"anna .*codeforces/one +0.00 -> 3.00", preview.out)
    assert "Nothing was changed yet" in preview.out
    assert "0.00 -> 3.00" in place(*GIVE, "--group", "M1").out
    assert points(place)["anna"] == 3
    take = ("extend", "withdraw", CONTEST, "--group", "M1")
    refused = place(*take)
    assert (refused.code, points(place)["anna"]) == (2, 3)
    assert re.search(r"3.00 -> 0.00 .*lower", refused.out)
    assert "--may-lower" in refused.err
    assert place(*take, "--keep-used").code == 0
    assert points(place)["anna"] == 3
    own = ("extend", "withdraw", CONTEST, "--student", "anna")
    assert place(*own).code == 2
    assert place(*own, "--may-lower").code == 0
    assert points(place)["anna"] == 0


def test_who_changes_group_keeps_what_was_used_and_it_is_told(place):
    on_codeforces(place, "anna", "boris")
    place(*GIVE, "--group", "M1")
    preview = place("people", "set", "anna", "--group", "M9", "--preview")
    assert "anna keeps the deadline of codeforces/one, already used" in preview.out
    assert "Nothing was changed yet" in preview.out
    done = place("people", "set", "anna", "--group", "M9")
    assert "anna: group M1 -> M9" in done.out
    assert "anna keeps" in done.out
    assert points(place) == {"anna": 3, "boris": 0}
    file = place.folder / "roster.csv"
    file.write_text("login,group\nanna,M2\nboris,M1\n")
    planned = place("people", "import", str(file), "--json").json
    assert [(one["login"], one["before"], one["after"]) for one in planned["marks"]] == [("boris", 0, 3)]
    assert planned["kept"] == []
    assert "0.00 -> 3.00" in place("people", "import", str(file), "--apply").out
    assert points(place) == {"anna": 3, "boris": 3}
    file.write_text("login,group\nboris,M2\n")
    assert place("people", "import", str(file), "--apply", "--json").json["kept"] == [
        {"login": "boris", "assignment": CONTEST}
    ]
    assert points(place) == {"anna": 3, "boris": 3}


def test_extensions_from_a_file_and_over_all_assignments(place):
    on_codeforces(place, "anna", "boris")
    file = place.folder / "later.csv"
    file.write_text("логин;задание;дней;причина\nanna;все;3;болела\n", encoding="utf-8")
    looked_at = place("extend", "import", str(file))
    assert "0.00 -> 3.00" in looked_at.out
    assert "--apply does it" in looked_at.out
    assert points(place)["anna"] == 0
    done = place("extend", "import", str(file), "--apply", "--json").json
    assert (done["applied"], done["changes"][0]["student"], done["marks"][0]["after"]) == (True, "anna", 3)
    assert points(place) == {"anna": 3, "boris": 0}
    again = place("extend", "import", str(file), "--apply", "--json").json
    assert (again["changes"], again["unchanged"]) == ([], 1)
    lower = file.with_name("lower.csv")
    sooner = datetime.now(UTC) - timedelta(hours=1)
    lower.write_text(f"login,assignment,until,reason\nanna,{CONTEST},{sooner:%Y-%m-%dT%H:%M}Z,typo\n")
    refused = place("extend", "import", str(lower), "--apply")
    assert refused.code == 2
    assert "--may-lower" in refused.err
    assert place("extend", "all", "--student", "boris", "--days", "2", "--reason", "ill").code == 0
    assert points(place) == {"anna": 3, "boris": 3}
    file.write_text("login,assignment,days,reason\nanna,all,x,ill\nnobody,all,3,ill\n")
    wrong = place("extend", "import", str(file), "--apply")
    assert wrong.code == 2
    assert "line 2" in wrong.err
    assert "line 3" in wrong.err


def test_tickets_are_drawn_printed_and_their_results_entered(place):
    file, page, sheet = (place.folder / name for name in ("questions.md", "tickets.html", "sheet.csv"))
    file.write_text("# Один\n- Что такое $k$?\n- B\n# Два\n- C\n- D\n", encoding="utf-8")
    drawn = ("theory", "tickets", str(file), "--everybody", "--seed", "s")
    told = place(*drawn, "--json").json
    assert sorted(one["login"] for one in told["tickets"]) == ["anna", "boris"]
    assert all({q["lecture"] for q in one["questions"]} == {"Один", "Два"} for one in told["tickets"])
    assert place(*drawn, "--json").json == told
    assert place(*drawn, "--out", str(page), "--sheet", str(sheet), "--language", "ru", "--day", "10.06").code == 0
    assert page.read_text(encoding="utf-8").count("<article>") == 2
    assert "Билет 2" in page.read_text(encoding="utf-8")
    sheet.write_text(sheet.read_text().replace("anna,,", "anna,,35"))
    assert place("theory", "import", str(sheet), "--apply").code == 0
    assert record(place, "anna").exam == Exam(Fraction(0), Fraction(35))
    assert record(place, "boris").exam is None
    assert "Ticket 5" in place("theory", "tickets", str(file), "--tickets", "5").out
    sheet_for_nobody = ("--tickets", "2", "--sheet", "x")
    for wrong, said in (((), "for whom"), (sheet_for_nobody, "needs students"), (("--group", "M9"), "no such")):
        refused = place("theory", "tickets", str(file), *wrong)
        assert refused.code == 2
        assert said in refused.err


CLOSED = """\
solutions = "after_closed"
[title]
en = "Other"
ru = "Другой"
[[assignment]]
name = "clustering/kmeans"
points = 15
deadline = 2020-01-01T00:00:00
"""


def test_whoever_extends_what_was_shown_is_told_and_says_that_it_is_meant(place):
    put_in_force(place.database, CLOSED)
    own = ("extend", TASK, "--student", "anna", "--until", "2099-01-01T10:00", "--reason", "x")
    looked = place(*own, "--preview")
    assert (looked.code, f"{TASK}: Students could read the reference solution already" in looked.out) == (0, True)
    refused = place(*own, "--may-lower")
    assert (refused.code, "--may-reopen" in refused.err) == (2, True)
    assert record(place, "anna").deadlines == {}
    assert place(*own, "--may-reopen").code == 0
    table = place.folder / "later.csv"
    table.write_text(f"assignment,login,until,reason\n{TASK},boris,2099-02-01T10:00,x\n")
    refused = place("extend", "import", str(table), "--apply")
    assert (refused.code, "--may-reopen" in refused.err) == (2, True)
    assert record(place, "boris").deadlines == {}
    applied = place("extend", "import", str(table), "--apply", "--may-reopen", "--json").json
    assert (applied["applied"], applied["reopened"]) == (True, [TASK])


def test_a_course_that_lets_uploads_count_again_is_applied_once_that_is_meant(place):
    put_in_force(place.database, CLOSED)
    file = place.folder / "other.toml"
    file.write_text(CLOSED.replace("2020-01-01", "2099-01-01"))
    refused = place("course", "apply", str(file))
    assert (refused.code, "--may-reopen" in refused.err) == (2, True)
    assert place("course", "apply", str(file), "--preview", "--json").json["reopened"] == [TASK]
    assert place("course", "apply", str(file), "--may-reopen").code == 0
