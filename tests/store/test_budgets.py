"""The budget of submissions in the database: which cost, whose they are, and that two at once cannot overspend."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import event

from grader.core.assignment import load
from grader.core.budget import Budget
from grader.core.course import Bucket, CourseItem
from grader.core.report import ImportFault, Report, TestResult
from grader.core.submission import Submission as Content
from grader.core.verdicts import Verdict
from grader.store import budgets, jobs, people, submissions
from grader.store.models import Job, Submission, User
from tests.store.test_jobs import ASSIGNMENT, NOW, claim, report, upload

HOUR = timedelta(hours=1)
ITEM = CourseItem(
    "clustering/kmeans", "task", {"en": "x", "ru": "x"}, Fraction(15), assignment=ASSIGNMENT, bucket=Bucket(3, HOUR)
)
TEAM = replace(ITEM, team=True)
REFUSED = Report(
    "clustering/kmeans", "hidden", (TestResult("t", Verdict.REFUSED, Fraction(0), Fraction(4)),), "docker", 0.1
)


def left(database, login="anna", item=ITEM, now=NOW):
    with database.reading() as session:
        return budgets.left(session, [item], people.by_login(session, login), now).get(item.name)


def costs(database, submission_id):
    with database.reading() as session:
        return session.get_one(Submission, submission_id).costs


def hand_in(session, user, *, team=False, now=NOW, text=b"def kmeans(): pass"):
    content = Content("k.py", {"k.py": text})
    return submissions.record(session, user, ASSIGNMENT, content, text, team=team, now=now)


def test_each_takes_one_and_time_gives_them_back(database):
    for _ in range(2):
        upload(database)
    upload(database, "boris")
    assert left(database) == Budget(1, NOW + HOUR)
    assert left(database, now=NOW + HOUR) == Budget(2, NOW + 2 * HOUR)
    assert left(database, "boris") == Budget(2, NOW + HOUR)


def test_only_limited_items_of_students_have_a_budget(database):
    upload(database)
    assert left(database, item=replace(ITEM, bucket=None)) is None
    assert left(database, item=replace(ITEM, name="sequences/lstm")) == Budget(3)
    with database.writing() as session:
        people.by_login(session, "anna").role = "assistant"
    assert left(database) is None


def test_what_is_refused_as_a_whole_costs_nothing(database):
    submission_id, job_id = upload(database)
    held = claim(database, job_id)
    assert left(database).left == 2  # until it is known
    with database.writing() as session:
        assert jobs.finish(session, held, REFUSED, NOW)
    assert not costs(database, submission_id)
    assert left(database) == Budget(3)


def test_a_test_that_is_refused_among_others_costs(database):
    submission_id, job_id = upload(database)
    held = claim(database, job_id)
    mixed = replace(REFUSED, tests=(*REFUSED.tests, *report(0).tests))
    with database.writing() as session:
        assert jobs.finish(session, held, mixed, NOW)
    assert costs(database, submission_id)


def test_what_we_could_not_grade_costs_nothing_until_it_is_graded_after_all(database):
    submission_id, job_id = upload(database)
    now = NOW
    for _ in range(jobs.ATTEMPTS):
        assert costs(database, submission_id)
        held = claim(database, job_id, now=now)
        with database.writing() as session:
            assert jobs.fail(session, held, "the engine is away", now)
        now += HOUR
    assert not costs(database, submission_id)
    assert left(database) == Budget(3)
    with database.writing() as session:
        staff = people.add_user(session, "boss", "Boss", role="instructor", password=None, now=NOW)
        submissions.retry(session, job_id, staff, now)
    held = claim(database, job_id, now=now)
    with database.writing() as session:
        assert jobs.finish(session, held, report(3), now)
    assert costs(database, submission_id)
    assert left(database).left == 2


BEGUN = [{"event": "tests", "count": 2}, {"event": "test", "verdict": "passed"}]


def break_down(database, job_id, now=NOW, *, events=(), lost=False):
    """Three faults of ours, with this progress in the first attempt; the last one may be a lost worker."""
    for attempt in range(1, jobs.ATTEMPTS + 1):
        now += HOUR
        held = claim(database, job_id, now=now)
        with database.writing() as session:
            if attempt == 1:
                assert jobs.add_events(session, held, events)
            if lost and attempt == jobs.ATTEMPTS:
                assert jobs.take_back(session, jobs.leases(session), now)
            else:
                assert jobs.fail(session, held, "the judge ended", now)
    with database.reading() as session:
        assert session.get_one(Job, job_id).state == "broken"


@pytest.mark.parametrize("how", [{"events": BEGUN}, {"events": BEGUN[:1]}, {"events": BEGUN, "lost": True}])
def test_one_that_breaks_after_its_tests_began_is_given_back_once(database, how):
    made = [upload(database, text=b"x = %d" % number) for number in range(3)]
    for _, job_id in made:
        break_down(database, job_id, **how)
    assert [costs(database, submission_id) for submission_id, _ in made] == [False, True, True]
    assert left(database) == Budget(1, NOW + HOUR)
    boris, job_id = upload(database, "boris")
    break_down(database, job_id, **how)
    assert not costs(database, boris), "it is once for each student"


def test_before_its_tests_begin_it_is_given_back_each_time_and_that_is_not_the_once(database):
    made = [upload(database, text=b"x = %d" % number) for number in range(3)]
    for _, job_id in made[:2]:
        break_down(database, job_id)
    break_down(database, made[2][1], events=BEGUN)
    assert left(database) == Budget(3)


def test_it_is_once_for_each_assignment(database):
    _, job_id = upload(database)
    break_down(database, job_id, events=BEGUN)
    other = load("audio/fourier", ASSIGNMENT.folder.parent.parent)
    with database.writing() as session:
        content = Content("k.py", {"k.py": b"1"})
        submission, job = submissions.record(session, people.by_login(session, "anna"), other, content, b"1", now=NOW)
    break_down(database, job.id, events=BEGUN)
    assert not costs(database, submission.id)


def test_one_that_breaks_again_when_staff_tried_it_again_stays_given_back(database):
    submission_id, job_id = upload(database)
    break_down(database, job_id, events=BEGUN)
    with database.writing() as session:
        staff = people.add_user(session, "boss", "Boss", role="instructor", password=None, now=NOW)
        submissions.retry(session, job_id, staff, NOW)
    break_down(database, job_id, NOW + 9 * HOUR)
    assert not costs(database, submission_id)


def test_one_that_is_graded_after_all_was_not_the_once(database):
    (first, job_id), (second, later) = upload(database), upload(database, text=b"x = 2")
    break_down(database, job_id, events=BEGUN)
    with database.writing() as session:
        staff = people.add_user(session, "boss", "Boss", role="instructor", password=None, now=NOW)
        submissions.retry(session, job_id, staff, NOW)
    held = claim(database, job_id, now=NOW + 9 * HOUR)
    with database.writing() as session:
        assert jobs.finish(session, held, report(3), NOW)
    break_down(database, later, events=BEGUN)
    assert (costs(database, first), costs(database, second)) == (True, False)


def test_a_test_that_was_refused_while_it_ran_costs(database):
    submission_id, job_id = upload(database)
    held = claim(database, job_id)
    ran = replace(REFUSED, tests=(replace(REFUSED.tests[0], seconds=0.01),))
    with database.writing() as session:
        assert jobs.finish(session, held, ran, NOW)
    assert costs(database, submission_id)


def test_a_later_job_changes_nothing_of_what_it_costs(database):
    submission_id, job_id = upload(database)
    held = claim(database, job_id)
    with database.writing() as session:
        assert jobs.finish(session, held, REFUSED, NOW)
        again = jobs.enqueue_after_due(session, submission_id, "numpy", NOW)
    held = claim(database, again.id)
    with database.writing() as session:
        assert jobs.finish(session, held, report(3), NOW)
    assert not costs(database, submission_id)


@pytest.fixture
def team(database):
    """Two who hand in together, and one who does not."""
    with database.writing() as session:
        users = [people.add_user(session, login, login, password=None, now=NOW) for login in ("anna", "boris", "clara")]
        for user in users[:2]:
            user.team = "pair"
    return users


def test_a_team_has_one_budget_and_each_submission_is_counted_once(database, team):
    with database.writing() as session:
        hand_in(session, team[0], team=True)
        hand_in(session, team[1], team=True)
        hand_in(session, team[2])
    assert left(database, "anna", TEAM) == left(database, "boris", TEAM) == Budget(1, NOW + HOUR)
    assert left(database, "clara", TEAM).left == 2


def test_what_a_mate_handed_in_alone_is_taken_from_the_teams_and_not_from_mine(database, team):
    with database.writing() as session:
        hand_in(session, team[1])
    assert left(database, "anna", TEAM).left == 2
    assert left(database, "anna", ITEM).left == 3


def test_a_team_is_given_one_back_whoever_of_it_uploads_and_wherever_they_go(database, team):
    with database.writing() as session:
        made = [hand_in(session, user, team=True, text=user.login.encode()) for user in team]
        session.get_one(User, team[1].id).team = session.get_one(User, team[2].id).team = "another"
        moved = hand_in(session, session.get_one(User, team[2].id), team=True, text=b"moved")
    for _, job in [*made, moved]:
        break_down(database, job.id, events=BEGUN)
    assert [costs(database, submission.id) for submission, _ in [*made, moved]] == [False, True, False, True]


def test_two_that_break_at_once_are_not_both_given_back(database):
    made = [upload(database, text=b"x = %d" % number) for number in range(4)]
    helds = []
    for _, job_id in made:
        for attempt in range(1, jobs.ATTEMPTS + 1):
            held = claim(database, job_id, now=NOW + attempt * HOUR)
            if attempt < jobs.ATTEMPTS:
                with database.writing() as session:
                    assert jobs.add_events(session, held, BEGUN)
                    assert jobs.fail(session, held, "the judge ended", NOW)
        helds.append(held)
    barrier, errors = threading.Barrier(len(helds)), []

    def fail(held) -> None:
        try:
            with database.writing() as session:
                if session.get_bind().dialect.name == "postgresql":
                    barrier.wait()  # SQLite lets one in at a time
                assert jobs.fail(session, held, "the judge ended", NOW)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=fail, args=(held,)) for held in helds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(costs(database, submission_id) for submission_id, _ in made) == [False, True, True, True]


def test_the_number_of_queries_does_not_grow(sqlite):
    counts = []
    for batch in range(1, 4):
        for _ in range(batch):
            upload(sqlite)
        items = [ITEM, *(replace(ITEM, name=f"x/{n}", team=True) for n in range(10 * batch))]
        with sqlite.reading() as session:
            anna = people.by_login(session, "anna")
            statements: list[str] = []
            event.listen(sqlite.engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
            assert len(budgets.left(session, items, anna, NOW)) == len(items)
            counts.append(len(statements))
    assert counts[0] > 0
    assert len(set(counts)) == 1


def test_two_of_a_team_at_once_cannot_take_the_same_one(database, team):
    """Each looks what is left and hands in while there is some, all beginning at the same moment."""
    barrier, errors = threading.Barrier(4), []

    def spend(number: int) -> None:
        try:
            barrier.wait()
            for turn in range(3):
                with database.writing() as session:
                    user = team[number % 2]
                    budgets.lock(session, TEAM, user)
                    if budgets.left(session, [TEAM], user, NOW)[TEAM.name].left:
                        hand_in(session, user, team=True, text=f"def kmeans(): {number}, {turn}".encode())
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=spend, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.reading() as session:
        assert session.query(Submission).count() == 3


def imported_never(*, at_first=True):
    fault = ImportFault(Verdict.ERROR, None, "Traceback …", at_first=at_first)
    tests = (TestResult("t", Verdict.ERROR, Fraction(0), Fraction(4)),)
    return Report("clustering/kmeans", "hidden", tests, "docker", 0.1, import_fault=fault)


def graded(database, result, *, login="anna", now=NOW, team=False):
    """An upload that is graded at once; whether it costs."""
    with database.writing() as session:
        user = people.by_login(session, login) or people.add_user(session, login, login, password=None, now=NOW)
        submission, job = hand_in(session, user, team=team, now=now)
        identity, job_id = submission.id, job.id
    held = claim(database, job_id, now=now)
    with database.writing() as session:
        assert jobs.finish(session, held, result, now)
    return costs(database, identity)


def test_what_cannot_be_imported_costs_nothing_a_few_times_a_day(database):
    assert [graded(database, imported_never()) for _ in range(4)] == [False, False, False, True]
    assert graded(database, imported_never(), login="boris") is False  # somebody else's
    assert graded(database, imported_never(), now=NOW + timedelta(hours=23)) is True
    assert graded(database, imported_never(), now=NOW + timedelta(hours=25)) is False


def test_where_tests_had_run_or_points_were_given_it_costs(database):
    assert graded(database, imported_never(at_first=False)) is True
    given = (TestResult("t", Verdict.PASSED, Fraction(1), Fraction(4)),)
    assert graded(database, replace(imported_never(), tests=given)) is True
    assert graded(database, imported_never()) is False


def test_a_team_has_these_free_ones_together(database, team):
    assert [graded(database, imported_never(), login=who, team=True) for who in ("anna", "boris", "anna", "boris")] == [
        False, False, False, True
    ]  # fmt: skip
