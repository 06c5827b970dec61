"""What an import takes back: by whichever answer it came, and by whichever answer it turns out to be wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from grader.core.codeforces import read
from grader.core.codeforces_found import Found, packed, unpacked
from grader.core.errors import BadInput
from grader.staff import accounts, codeforces, overrides
from tests.core.test_codeforces import party, row, standings, submission
from tests.staff.conftest import NOW
from tests.staff.test_codeforces import ITEM, course, points  # noqa: F401 - a fixture

START = int(NOW.timestamp())
HOURS = {"durationSeconds": 7200, "startTimeSeconds": START}
NONE, SOLVED = (0, None), (1, 600)


@pytest.fixture
def database(sqlite):
    """SQLite alone: what is decided here is decided over rows, and `test_codeforces` reads and writes them in both."""
    return sqlite


def told(*results, who=None, rank=1, others=(), **contest):
    """Standings with anna's row and, below it, others."""
    mine = {**row(who or party("anna_cf"), *results, *[NONE] * (3 - len(results))), "rank": rank}
    below = [{**row(party(handle), SOLVED, NONE, NONE), "rank": 2 + n} for n, handle in enumerate(others)]
    return standings(mine, *below, **{**HOURS, **contest})


def without_anna(**contest):
    return standings({**row(party("zoe"), SOLVED, NONE, NONE), "rank": 1}, **{**HOURS, **contest})


def status(*verdicts, at=START + 600, index="A", **more):
    """anna's submissions, newest first; each has its own number, and the last of them was sent ``at``."""
    count = len(verdicts)
    return [
        submission(100 + count - n, index, verdict, at + 60 * (count - 1 - n), ("anna_cf",), **more)
        for n, verdict in enumerate(verdicts)
    ]


def found(*answers):
    all_of_them = Found()
    for answer in answers:
        all_of_them |= answer if isinstance(answer, Found) else read(answer, ITEM.contest)
    return all_of_them


def plan(term, *answers):
    with term.database.reading() as session:
        return codeforces.plan(session, ITEM, found(*answers))


def bring(term, *answers):
    """Imported as the web does it: what was found goes through the form."""
    with term.database.writing() as session:
        carried = unpacked(packed(found(*answers).of(codeforces.concerned(session, ITEM))))
        planned = codeforces.plan(session, ITEM, carried)
        codeforces.apply(session, planned, actor=term.users["boss"], now=NOW)
        return {change.user.login: [one.why for one in change.withdrawn] for change in planned.changes}


ACCEPTED = {"standings": told(SOLVED), "status": status("OK")}
LATER = {
    "hacked, by standings": told(NONE),
    "hacked, by status": status("CHALLENGED"),
    "rejected, by status": status("REJECTED"),
    "skipped, by status": status("SKIPPED"),
    "judged again, by status": status("WRONG_ANSWER"),
    "gone from a list that ends": [submission(900, "B", "WRONG_ANSWER", START + 900, ("anna_cf",))],
    "out of the standings": without_anna(),
    "rows of an empty hall": replace(read(standings(**HOURS), ITEM.contest), asked=frozenset(["anna_cf"])),
}


@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
@pytest.mark.parametrize("first", ACCEPTED.values(), ids=ACCEPTED)
def test_what_does_not_hold_any_more_is_withdrawn_whichever_way_it_came(course, first, later):  # noqa: F811
    bring(course, first)
    assert points(course) == 3
    assert [change.withdrawn[0].why in ("refused", "gone") for change in plan(course, later).changes] == [True]
    assert points(course) == 3  # a plan changes nothing
    bring(course, later)
    assert points(course) == 0
    assert bring(course, later) == {}  # once
    bring(course, first)
    assert points(course) == 3


def test_what_is_gone_from_a_list_is_withdrawn(course):  # noqa: F811
    bring(course, status("WRONG_ANSWER", "OK", "WRONG_ANSWER"))
    newest, _, oldest = status("WRONG_ANSWER", "OK", "WRONG_ANSWER")
    assert bring(course, [newest, oldest]) == {"anna": ["gone"]}
    assert points(course) == 0


KEEPS = {
    "a later attempt that failed": [
        submission(900, "A", "WRONG_ANSWER", START + 900, ("anna_cf",)),
        submission(101, "A", "OK", START + 600, ("anna_cf",)),
    ],
    "being judged again": status("TESTING"),
    "other people's standings": standings({**row(party("zoe"), SOLVED, NONE, NONE), "rank": 7}, **HOURS),
    "other people's submissions": [submission(500, "A", "CHALLENGED", START + 600, ("boris_cf",))],
    "frozen standings": told(NONE, frozen=True, freezeDurationSeconds=7200),
    "a virtual row of hers": told(NONE, who=party("anna_cf", kind="VIRTUAL", startTimeSeconds=START + 90_000)),
    "nothing": [],
    "a contest that was put off": standings(phase="BEFORE", problems=()),
}  # fmt: skip


@pytest.mark.parametrize("later", KEEPS.values(), ids=KEEPS)
@pytest.mark.parametrize("first", ACCEPTED.values(), ids=ACCEPTED)
def test_what_an_answer_does_not_speak_of_stays(course, first, later):  # noqa: F811
    bring(course, first)
    bring(course, later)
    assert points(course) == 3


def test_a_page_of_a_list_tells_nothing_of_older_ones(course):  # noqa: F811
    bring(course, status("OK"))
    page = [submission(500 + n, "B", "WRONG_ANSWER", START + 1000 + n, ("anna_cf",)) for n in (9, 8, 7, 6, 5)]
    bring(course, page)
    assert points(course) == 3


def test_one_solution_is_not_kept_twice_whichever_way_it_comes(course):  # noqa: F811
    bring(course, told(SOLVED))
    assert bring(course, status("OK")) == {"anna": ["same"]}
    assert bring(course, told(SOLVED)) == {}
    assert bring(course, status("CHALLENGED")) == {"anna": ["refused"]}


def test_a_submission_that_is_refused_is_not_counted_by_older_standings(course):  # noqa: F811
    bring(course, told(SOLVED), status("CHALLENGED"))
    assert points(course) == 0


def test_of_two_standings_the_later_holds(course):  # noqa: F811
    bring(course, told(SOLVED), told(NONE))
    assert points(course) == 0
    bring(course, told(NONE), told(SOLVED))
    assert points(course) == 3


def test_who_is_hacked_and_solves_it_again_has_the_later_time(course):  # noqa: F811
    bring(course, told(SOLVED), status("OK"))
    assert bring(course, told((1, 1200))) == {"anna": ["refused"]}
    assert points(course) == 3


def test_a_contest_that_was_moved_leaves_nothing_behind(course):  # noqa: F811
    bring(course, told(SOLVED))
    assert bring(course, told((1, 700), startTimeSeconds=START + 3600)) == {"anna": ["refused"]}
    assert points(course) == 3


def test_virtual_and_practice_solutions_fall_by_their_own_rows(course):  # noqa: F811
    virtual = party("anna_cf", kind="VIRTUAL", startTimeSeconds=START + 90_000)
    bring(course, told(SOLVED, who=virtual))
    bring(course, told(NONE, who=virtual))
    assert points(course) == 0
    practice = {**submission(7, "B", at=START + 9000), "author": party("anna_cf", kind="PRACTICE")}
    bring(course, [practice])
    assert points(course) == 3
    bring(course, told(NONE, NONE, who=party("anna_cf", kind="PRACTICE")))
    assert points(course) == 0


def test_less_of_a_partial_solution_is_taken_over(course):  # noqa: F811
    bring(course, told((100, 600), type="IOI"))
    bring(course, status("PARTIAL", points=50, problem={"points": 100}))
    assert points(course) == 1.5
    bring(course, status("PARTIAL", points=0, problem={"points": 100}))
    assert points(course) == 0


def set_handle(term, login, handle):
    with term.database.writing() as session:
        user = accounts.found(session, login)
        accounts.change(session, user, {"codeforces": handle}, actor=term.users["boss"], now=NOW)


@pytest.mark.parametrize("first", ACCEPTED.values(), ids=ACCEPTED)
def test_a_corrected_handle_moves_its_points(course, first):  # noqa: F811
    bring(course, first)
    set_handle(course, "anna", "anna_other")
    set_handle(course, "clara", "Anna_CF")
    assert bring(course, first) == {"anna": ["handle"], "clara": []}
    assert (points(course), points(course, "clara")) == (0, 3)


def test_two_who_had_each_others_handles(course):  # noqa: F811
    bring(course, told(SOLVED, SOLVED, others=["boris_cf"]))
    assert (points(course), points(course, "boris")) == (6, 3)
    for login, handle in (("anna", ""), ("boris", "anna_cf"), ("anna", "boris_cf")):
        set_handle(course, login, handle)
    bring(course, told(SOLVED, SOLVED, others=["boris_cf"]))
    assert (points(course), points(course, "boris")) == (3, 6)


def test_who_is_renamed_on_codeforces_keeps_the_submission(course):  # noqa: F811
    bring(course, status("OK"))
    set_handle(course, "anna", "anna_2")
    renamed = [submission(101, "A", "OK", START + 600, ("anna_2",))]
    assert bring(course, renamed) == {"anna": []}
    assert bring(course, renamed) == {}
    assert points(course) == 3


def test_a_deactivated_person_gives_the_points_back_too(course):  # noqa: F811
    bring(course, told(SOLVED))
    with course.database.writing() as session:
        accounts.set_active(session, accounts.found(session, "anna"), False, actor=course.users["boss"], now=NOW)
    set_handle(course, "clara", "anna_cf")
    bring(course, told(SOLVED))
    with course.database.writing() as session, pytest.raises(BadInput, match="is clara's already"):
        accounts.set_active(session, accounts.found(session, "anna"), True, actor=course.users["boss"], now=NOW)
    set_handle(course, "anna", "")
    assert bring(course, told(SOLVED)) == {"anna": ["handle"]}


def test_what_staff_have_set_is_not_lost_and_the_log_tells_each_withdrawal(course):  # noqa: F811
    bring(course, told(SOLVED))
    with course.database.writing() as session:
        anna = accounts.found(session, "anna")
        overrides.set_override(session, anna, ITEM, Fraction(5), "seen on paper", actor=course.users["boss"], now=NOW)
    bring(course, told(NONE))
    assert points(course) == 5
    last = [entry for entry in course.log() if entry.action == "codeforces.imported"][-1]
    at = (NOW + timedelta(seconds=600)).isoformat()
    assert last.before == {"solutions": 1}
    assert last.after == {
        "solutions": 0, "problems": [], "withdrawn": [{"problem": "A", "at": at, "why": "refused"}],
    }  # fmt: skip
    assert "anna_cf" not in str(last.after).lower()


@pytest.mark.parametrize(
    ("answer", "phases"),
    [
        (told(SOLVED, phase="CODING"), ["CODING"]),
        (told(SOLVED, phase="SYSTEM_TEST"), ["SYSTEM_TEST"]),
        (told(SOLVED, frozen=True, freezeDurationSeconds=3600), ["FROZEN"]),
        (status("OK", testset="PRETESTS"), []),
    ],
)
def test_what_is_not_tested_yet_is_provisional_until_the_last_word(course, answer, phases):  # noqa: F811
    planned = plan(course, answer)
    assert planned.phases == phases
    assert len(planned.warnings) == len(phases)
    assert [user.login for user in planned.provisional] == ["anna"] * (phases != ["FROZEN"])
    bring(course, answer)
    assert points(course) == 3
    bring(course, told(SOLVED))
    with course.database.reading() as session:
        kept = session.query(codeforces.CodeforcesSolution).all()
    assert [one.provisional for one in kept] == [False]
