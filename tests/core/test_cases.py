"""The rules by hand: one table a rule, each number written out beside how it comes about.

Nothing here is computed by the code that it tests: who doubts a mark can follow it with a pencil. A lab is worth 40
and a task 15 where nothing else is said; labs are defended in full at the deadline.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from grader.core.course import Contest, Course, CourseItem
from grader.core.gradebook import Attempt, Defence, Override, Record, Solved, standing
from grader.core.lateness import Lateness, in_zone, moment
from grader.core.scoring import LECTURE, Exam, Formula, Points, final_score, rounded

from .courses import item

F = Fraction
MOSCOW, BERLIN, NEW_YORK = (ZoneInfo(name) for name in ("Europe/Moscow", "Europe/Berlin", "America/New_York"))
DUE = datetime(2027, 2, 14, 20, 59, tzinfo=UTC)  # 23:59 in Moscow
END = timedelta(seconds=59, microseconds=999_999)  # a deadline lasts to the end of its minute
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
LAB, LAB2, TASK, CONTEST = "a/lab", "a/lab2", "a/task", "codeforces/warm-up"


def exam(minimum, ticket):
    return Exam(F(minimum), F(ticket))


def points(test=0, labs=0, tasks=0, bonus=0, exam=None):
    return Points(test=F(test), exam=exam, labs=F(labs), tasks=F(tasks), bonus=F(bonus))


FORMULA = [
    ("nothing yet", points(), "0.00"),
    ("theory without practice", points(test=60), "0.00"),  # sqrt(60 * 0)
    ("practice without theory", points(labs=70, tasks=50), "0.00"),  # sqrt(0 * 120)
    ("test and labs", points(test=49, labs=36), "42.00"),  # sqrt(49 * 36) = 7 * 6
    ("test and tasks", points(test=25, tasks=16), "20.00"),  # 5 * 4
    ("halves", points(test="0.5", labs="0.5"), "0.50"),  # sqrt(0.25)
    ("quarters", points(test="12.25", labs=16), "14.00"),  # 3.5 * 4
    ("a root that does not end", points(test=2, labs=1), "1.41"),  # 1.4142...
    ("all that a test can give", points(test=60, labs=70, tasks=50), "84.85"),  # sqrt(7200) = 60 * 1.41421
    ("an exam", points(exam=exam(45, 36), labs=64), "72.00"),  # (45 + 36) * 64 = 9^2 * 8^2
    ("a worse exam after the test", points(test=60, exam=exam(10, 6), labs=49), "28.00"),  # 4 * 7, not sqrt(60 * 49)
    ("a better exam after the test", points(test=16, exam=exam(40, 41), labs=49), "63.00"),  # 9 * 7
    ("an exam of nothing after the test", points(test=60, exam=exam(0, 0), labs=70), "0.00"),  # attempted: 0 * 70
    ("more than 100", points(exam=exam(60, 60), labs=70, tasks=50), "100.00"),  # 120
    ("a bonus alone", points(bonus=30), "15.00"),  # 30 * 30 / 60
    ("a small bonus", points(bonus=10), "7.50"),  # 30 * 10 / 40
    ("a great bonus", points(bonus=270), "27.00"),  # 30 * 270 / 300
    ("a bonus on top", points(test=49, labs=36, bonus=6), "47.00"),  # 42 + 180 / 36
    ("just 100", points(exam=exam(45, 45), labs=60, tasks=30, bonus=15), "100.00"),  # 90 + 450 / 45
    ("just under 100", points(exam=exam(45, 45), labs=60, tasks=30, bonus=14), "99.55"),  # 90 + 420 / 44 = 90 + 9.545
]


@pytest.mark.parametrize(("what", "given", "final"), FORMULA, ids=[case[0] for case in FORMULA])
def test_the_formula(what, given, final):
    assert str(rounded(final_score(given).final)) == final


OTHER_FORMULAS = [
    ("another scale of the bonus", Formula(bonus_scale=F(20)), points(bonus=20), "10.00"),  # 20 * 20 / 40
    ("another highest score", Formula(final=F(50)), points(test=60, labs=60), "50.00"),  # 60, cut
    ("a test of 100", Formula(test=F(100)), points(test=100, labs=64), "80.00"),  # 10 * 8
]


@pytest.mark.parametrize(
    ("what", "formula", "given", "final"), OTHER_FORMULAS, ids=[case[0] for case in OTHER_FORMULAS]
)
def test_the_formula_of_another_course(what, formula, given, final):
    assert str(rounded(final_score(given, formula).final)) == final


def at(zone, text):
    """What the clocks on the wall show there."""
    return in_zone(datetime.fromisoformat(text), zone)


# deadline, upload (counted from the end of its minute, too), weeks late: started, full, exactly. A week is one of the
# calendar where the deadline is told; it has 168 hours or 10,080 minutes where no clocks are changed.
WEEKS_LATE = [
    ("a week early", DUE, DUE - WEEK, 0, 0, F(0)),
    ("at the deadline", DUE, DUE, 0, 0, F(0)),
    ("a minute late", DUE, DUE + MINUTE, 1, 0, F(1, 10_080)),
    ("a day late", DUE, DUE + DAY, 1, 0, F(1, 7)),
    ("half a week late", DUE, DUE + 84 * HOUR, 1, 0, F(1, 2)),
    ("a week late", DUE, DUE + WEEK, 1, 1, F(1)),
    ("a week and a minute late", DUE, DUE + WEEK + MINUTE, 2, 1, F(10_081, 10_080)),
    ("ten days and a half late", DUE, DUE + 252 * HOUR, 2, 1, F(3, 2)),  # 252 / 168
    ("three weeks", DUE, DUE + 3 * WEEK, 3, 3, F(3)),
    # the same moment elsewhere: 23:59 in Moscow is 20:59 UTC is 02:44 in Kathmandu (+5:45) is 12:59 in Los Angeles (-8)
    ("from Moscow", DUE, at(MOSCOW, "2027-02-14T23:59"), 0, 0, F(0)),
    ("from Kathmandu", DUE, at(ZoneInfo("Asia/Kathmandu"), "2027-02-15T02:44"), 0, 0, F(0)),
    ("from Kathmandu, late", DUE, at(ZoneInfo("Asia/Kathmandu"), "2027-02-15T02:45"), 1, 0, F(1, 10_080)),
    ("from Los Angeles", DUE, at(ZoneInfo("America/Los_Angeles"), "2027-02-14T12:59"), 0, 0, F(0)),
    ("from Los Angeles, late", DUE, at(ZoneInfo("America/Los_Angeles"), "2027-02-14T13:00"), 1, 0, F(1, 10_080)),
    # in Berlin clocks go from +1 to +2 on 28 March 2027: that day has 23 hours, and its week 167
    ("a day over spring", at(BERLIN, "2027-03-27T20:00"), at(BERLIN, "2027-03-28T20:00"), 1, 0, F(23, 167)),
    ("a week over spring", at(BERLIN, "2027-03-27T20:00"), at(BERLIN, "2027-04-03T20:00"), 1, 1, F(1)),
    ("and an hour", at(BERLIN, "2027-03-27T20:00"), at(BERLIN, "2027-04-03T21:00"), 2, 1, F(169, 168)),
    # and from +2 to +1 on 25 October 2026: that week has 169 hours
    ("a week over autumn", at(BERLIN, "2026-10-24T20:00"), at(BERLIN, "2026-10-31T20:00"), 1, 1, F(1)),
    ("and an hour less", at(BERLIN, "2026-10-24T20:00"), at(BERLIN, "2026-10-31T19:00"), 1, 0, F(168, 169)),
    # in New York on 14 March 2027 from -5 to -4, on 1 November 2026 from -4 to -5
    ("spring elsewhere", at(NEW_YORK, "2027-03-13T23:00"), at(NEW_YORK, "2027-03-20T23:00"), 1, 1, F(1)),
    ("autumn elsewhere", at(NEW_YORK, "2026-10-31T23:00"), at(NEW_YORK, "2026-11-07T23:00"), 1, 1, F(1)),
    # 02:30 comes twice on 25 October, at 00:30 and 01:30 UTC; a deadline is the later one
    ("the first 02:31", at(BERLIN, "2026-10-25T02:30"), datetime(2026, 10, 25, 0, 31, tzinfo=UTC), 0, 0, F(0)),
    ("the second 02:31", at(BERLIN, "2026-10-25T02:30"), datetime(2026, 10, 25, 1, 31, tzinfo=UTC), 1, 0, F(1, 10_080)),
    # 02:30 never comes on 28 March; read as +1 it is 01:30 UTC, as +2 00:30 UTC, and a deadline is the later one
    ("a time that never was", at(BERLIN, "2027-03-28T02:30"), datetime(2027, 3, 28, 1, 30, tzinfo=UTC), 0, 0, F(0)),
]


@pytest.mark.parametrize(
    ("what", "due", "uploaded", "started", "full", "exact"), WEEKS_LATE, ids=[case[0] for case in WEEKS_LATE]
)
def test_weeks_late(what, due, uploaded, started, full, exact):
    rules = [Lateness(counting, due.tzinfo) for counting in ("started", "full", "exact")]
    assert [each.weeks_late(due, moment(uploaded) + END) for each in rules] == [started, full, exact]


def attempts(*uploads):
    """Uploads as (how long after the last moment in time, share of the tests)."""
    return [
        Attempt(f"number {number}", DUE + END + late, F(share)) for number, (late, share) in enumerate(uploads, start=1)
    ]


def lab(*uploads, defended=F(1), defended_at=DUE, deadline=None, override=None):
    return _record(LAB, uploads, Defence(defended_at + END, F(defended)), deadline, override)


def undefended(*uploads, override=None):
    return _record(LAB, uploads, None, None, override)


def task(*uploads, deadline=None, override=None):
    return _record(TASK, uploads, None, deadline, override)


def _record(name, uploads, defence, deadline, override):
    return Record(
        attempts={name: attempts(*uploads)},
        defences={} if defence is None else {name: defence},
        deadlines={} if deadline is None else {name: deadline},
        overrides={} if override is None else {name: Override(F(override), "a reason")},
    )


ON_TIME = timedelta(0)
STARTED, FULL, EXACT = ({"weeks": weeks} for weeks in ("started", "full", "exact"))
FROM_DEFENCE = {"late_from": "defence"}

# record, the course's rules, the points of its only item. A lab keeps 0.6 + 0.4 / (1 + w) of its points.
MARKS = [
    ("a lab in time", lab((ON_TIME, 1)), STARTED, F(40)),
    ("three quarters of the tests", lab((ON_TIME, "3/4")), STARTED, F(30)),
    ("a minute late, started weeks", lab((MINUTE, 1)), STARTED, F(32)),  # w = 1: 0.6 + 0.2 = 0.8
    ("a minute late, full weeks", lab((MINUTE, 1)), FULL, F(40)),  # w = 0
    ("a minute late, exactly", lab((MINUTE, 1)), EXACT, F(403_224, 10_081)),  # 24 + 16 * 10080 / 10081
    ("half a week late, started weeks", lab((84 * HOUR, 1)), STARTED, F(32)),
    ("half a week late, full weeks", lab((84 * HOUR, 1)), FULL, F(40)),
    ("half a week late, exactly", lab((84 * HOUR, 1)), EXACT, F(104, 3)),  # 0.6 + 0.4 / 1.5 = 13/15
    ("ten days and a half, started weeks", lab((252 * HOUR, 1)), STARTED, F(88, 3)),  # w = 2: 0.6 + 0.4 / 3 = 11/15
    ("ten days and a half, full weeks", lab((252 * HOUR, 1)), FULL, F(32)),  # w = 1
    ("ten days and a half, exactly", lab((252 * HOUR, 1)), EXACT, F("30.4")),  # w = 1.5: 0.6 + 0.16 = 0.76
    ("three weeks late", lab((3 * WEEK, 1)), STARTED, F(28)),  # 0.6 + 0.1
    ("nine weeks late", lab((9 * WEEK, 1)), EXACT, F("25.6")),  # 0.6 + 0.04
    ("99 weeks late", lab((99 * WEEK, 1)), FULL, F("24.16")),  # 0.6 + 0.004
    ("a lab that keeps half", lab((WEEK, 1)), {"formula": Formula(late_lab_keeps=F(1, 2))}, F(30)),  # 0.5 + 0.5 / 2
    # extensions
    ("within the extension", lab((WEEK, 1), deadline=DUE + WEEK), STARTED, F(40)),
    ("half a week after the extension", lab((252 * HOUR, 1), deadline=DUE + WEEK), STARTED, F(32)),  # w = 1
    ("half a week after it, exactly", lab((252 * HOUR, 1), deadline=DUE + WEEK), EXACT, F(104, 3)),  # w = 1/2
    ("a task within the extension", task((DAY, 1), deadline=DUE + 2 * DAY), STARTED, F(15)),
    ("a task after the extension", task((2 * DAY + MINUTE, 1), deadline=DUE + 2 * DAY), STARTED, F(0)),
    # defences
    ("defended by half", lab((ON_TIME, 1), defended="1/2"), STARTED, F(20)),
    ("three times three quarters", lab((WEEK, "3/4"), defended="3/4"), STARTED, F(18)),  # 40 * 3/4 * 4/5 * 3/4
    ("defended with nothing", lab((ON_TIME, 1), defended=0), STARTED, F(0)),
    ("a late defence of an upload in time", lab((ON_TIME, 1), defended_at=DUE + 8 * DAY), STARTED, F(40)),
    ("late by the defence, started", lab((ON_TIME, 1), defended_at=DUE + 8 * DAY), FROM_DEFENCE | STARTED, F(88, 3)),
    ("late by the defence, full", lab((ON_TIME, 1), defended_at=DUE + 8 * DAY), FROM_DEFENCE | FULL, F(32)),
    # w = 8/7: 0.6 + 0.4 * 7/15 = 9/15 + 14/75 = 59/75, times 40
    ("late by the defence, exactly", lab((ON_TIME, 1), defended_at=DUE + 8 * DAY), FROM_DEFENCE | EXACT, F(472, 15)),
    (
        "a day after the extension by the defence",
        lab((ON_TIME, 1), defended_at=DUE + 8 * DAY, deadline=DUE + WEEK),
        FROM_DEFENCE,
        F(32),  # w = 1
    ),
    ("a task has no defence to be late by", task((ON_TIME, 1)), FROM_DEFENCE, F(15)),
    # tasks are strict
    ("a task at the deadline", task((ON_TIME, "2/3")), STARTED, F(10)),
    ("a task a minute late, started weeks", task((MINUTE, 1)), STARTED, F(0)),
    ("a task a minute late, full weeks", task((MINUTE, 1)), FULL, F(0)),
    ("a task a minute late, exactly", task((MINUTE, 1)), EXACT, F(0)),
    # of several the best after the penalty
    ("the late one is better", lab((ON_TIME, "7/10"), (5 * DAY, 1)), STARTED, F(32)),  # 28 and 32
    ("the one in time is better", lab((ON_TIME, "9/10"), (5 * DAY, 1)), STARTED, F(36)),  # 36 and 32
    ("by full weeks the late one is", lab((ON_TIME, "9/10"), (5 * DAY, 1)), FULL, F(40)),  # 36 and 40
    ("exactly the one in time is", lab((ON_TIME, "9/10"), (84 * HOUR, 1)), EXACT, F(36)),  # 36 and 34.67
    # 40 times 1/2; 4/5 * 4/5 = 0.64; 9/10 * 11/15 = 0.66; 1 * (0.6 + 0.4 / 5) = 0.68
    ("of four", lab((ON_TIME, "1/2"), (DAY, "4/5"), (8 * DAY, "9/10"), (22 * DAY, 1)), STARTED, F("27.2")),
    ("a late task does not replace one in time", task((ON_TIME, "1/3"), (MINUTE, 1)), STARTED, F(5)),
    ("a task handed in worse again", task((-DAY, 1), (ON_TIME, "1/5")), STARTED, F(15)),
    # overrides
    ("set for nothing", task(override=12), STARTED, F(12)),
    ("set below what was counted", lab((ON_TIME, 1), override=5), STARTED, F(5)),
    ("set above what was counted", lab((3 * WEEK, 1), override="33.5"), STARTED, F("33.5")),
    ("set to nothing", lab((ON_TIME, 1), override=0), STARTED, F(0)),
    ("set for a late task", task((WEEK, 1), override=15), STARTED, F(15)),
    ("set for a lab that nobody defended", undefended((ON_TIME, 1), override=12), STARTED, F(12)),
    ("a lab that nobody defended", undefended((ON_TIME, 1)), STARTED, F(0)),
]


@pytest.mark.parametrize(("what", "record", "rules", "practice"), MARKS, ids=[case[0] for case in MARKS])
def test_marks(what, record, rules, practice):
    items = (item(LAB, F(40), DUE), item(TASK, F(15), DUE))
    assert standing(Course({}, MOSCOW, items, **rules), record).score.practice == practice


def whole(theory=0, exam=None, bonus=0, handed_in=(), undefended=(), overrides=None, solved=()):
    """A record of the course below: uploads as (item, how late, share); labs are defended where not said otherwise."""
    uploads: dict[str, list] = {}
    for name, late, share in handed_in:
        uploads.setdefault(name, []).append((late, share))
    return Record(
        attempts={name: attempts(*found) for name, found in uploads.items()},
        defences={name: Defence(DUE) for name in (LAB, LAB2) if name not in undefended},
        overrides={name: Override(F(points), "a reason") for name, points in (overrides or {}).items()},
        solved={CONTEST: [Solved(problem, DUE + late, F(share)) for problem, late, share in solved]},
        test=F(theory),
        exam=exam,
        bonus=F(bonus),
    )


WHOLE_COURSE = (
    item(LAB, F(30), DUE),
    item(LAB2, F(40), DUE),
    item(TASK, F(20), DUE),
    CourseItem(CONTEST, "task", {}, F(30), DUE, contest=Contest(1, ("A", "B", "C", "D", "E"))),
)
BOTH = [(LAB, ON_TIME, 1), (TASK, ON_TIME, "3/4")]  # 30 + 15
LATER = [(LAB, WEEK, 1), (LAB2, 3 * WEEK, 1), (TASK, ON_TIME, "3/5")]  # 30 * 4/5 + 40 * 7/10 + 20 * 3/5 = 24 + 28 + 12
SOLVED = [("A", -DAY, 1), ("B", ON_TIME, 1), ("B", -DAY, "1/2"), ("C", MINUTE, 1), ("D", -DAY, "1/2")]  # 2.5 of 5

# record, T, P, B', the final score
TERMS = [
    ("a lab and a task", whole(20, handed_in=BOTH), 20, 45, 0, "30.00"),  # sqrt(900)
    ("a lab that waits is left out", whole(60, handed_in=BOTH, undefended=(LAB,)), 60, 15, 0, "30.00"),
    ("an exam after the test", whole(45, exam(11, 9), handed_in=BOTH), 20, 45, 0, "30.00"),  # not sqrt(45 * 45)
    ("late labs", whole(0, exam(50, 50), handed_in=LATER), 100, 64, 0, "80.00"),  # 10 * 8
    ("late labs and a bonus", whole(0, exam(50, 50), 15, handed_in=LATER), 100, 64, 10, "90.00"),  # 80 + 30 * 15 / 45
    ("a contest", whole(60, solved=SOLVED), 60, 15, 0, "30.00"),  # 30 * 2.5 / 5
    (
        "a contest and more",
        whole(49, handed_in=BOTH, solved=SOLVED, overrides={TASK: 4}),
        49,
        49,
        0,
        "49.00",
    ),  # 30 + 4 + 15
    ("points set for all", whole(36, overrides={LAB: 30, LAB2: 40, TASK: 0, CONTEST: 11}), 36, 81, 0, "54.00"),  # 6 * 9
    ("all of it set to nothing", whole(60, None, 10, BOTH, overrides={LAB: 0, TASK: 0}), 60, 0, "7.5", "7.50"),
    ("a term without practice", whole(0, exam(60, 60), 30), 120, 0, 15, "15.00"),
]


@pytest.mark.parametrize(
    ("what", "record", "theory", "practice", "bonus", "final"), TERMS, ids=[case[0] for case in TERMS]
)
def test_whole_terms(what, record, theory, practice, bonus, final):
    score = standing(Course({}, MOSCOW, WHOLE_COURSE), record).score
    assert (score.theory, score.practice, score.bonus) == (F(theory), F(practice), F(bonus))
    assert str(rounded(score.final)) == final


def test_there_are_enough_cases_and_each_has_its_own_name():
    tables = [FORMULA, OTHER_FORMULAS, WEEKS_LATE, MARKS, TERMS]
    names = [case[0] for table in tables for case in table]
    assert len(names) == len(set(names)) >= 60


def test_the_lecture_s_numbers_are_the_defaults():
    assert Formula(F(60), F(60), F(60), F(70), F(50), F(30), F(100), F(3, 5)) == LECTURE
