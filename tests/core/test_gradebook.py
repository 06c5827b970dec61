"""From submissions to marks to the final score, by hand."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.course import Course
from grader.core.gradebook import Attempt, Defence, Record, deadline, standing
from grader.core.scoring import Exam, Formula, rounded

from .courses import item

F = Fraction
DUE = datetime(2027, 2, 14, 23, 59, 59, 999_999, tzinfo=UTC)  # its own last moment
DAY = timedelta(days=1)
LAB, LAB2, TASK = "a/lab", "a/lab2", "a/task"


def course(**settings):
    items = (
        item(LAB, F(10), DUE),
        item(LAB2, F(60)),
        item(TASK, F(50), DUE),
    )
    return Course({"en": "ML", "ru": "МО"}, ZoneInfo("UTC"), items, **settings)


def attempt(name, days, share=1):
    return Attempt(name, DUE + timedelta(days=float(days)), F(share))


def marks(record, **settings):
    return {mark.assignment: mark for mark in standing(course(**settings), record).marks}


def test_nothing_handed_in():
    found = marks(Record())
    assert [(m.state, m.points, m.submission) for m in found.values()] == [("none", 0, None)] * 3


def test_the_best_after_the_penalty_counts():
    """9/10 in time is 9 points; all of it a week late is 10 * 4/5 = 8."""
    record = Record(
        attempts={LAB: [attempt("first", -3, F(1, 2)), attempt("second", 0, F(9, 10)), attempt("third", 5)]},
        defences={LAB: Defence(DUE)},
    )
    mark = marks(record)[LAB]
    assert (mark.submission, mark.points, mark.weeks, mark.factor, mark.state) == ("second", 9, 0, 1, "counted")


def test_a_late_one_counts_where_it_is_better_all_the_same():
    record = Record(attempts={LAB: [attempt("in time", -1, F(7, 10)), attempt("late", 5)]})
    mark = marks(record)[LAB]
    assert (mark.submission, mark.points, mark.weeks, mark.factor) == ("late", 8, 1, F(4, 5))


def test_of_equal_ones_the_earliest_counts_whatever_order_they_come_in():
    record = Record(attempts={LAB: [attempt("later", -1), attempt("earlier", -2)]})
    assert marks(record)[LAB].submission == "earlier"


def test_an_undefended_lab_waits_and_does_not_count_yet():
    record = Record(attempts={LAB: [attempt("x", -1)]}, test=F(10))
    before = standing(course(), record)
    assert (before.marks[0].state, before.marks[0].points) == ("waiting", 10)
    assert (before.points.labs, before.score.final) == (0, 0)
    after = standing(course(), Record(attempts=record.attempts, defences={LAB: Defence(DUE)}, test=F(10)))
    assert (after.marks[0].state, after.points.labs, after.score.final) == ("counted", 10, 10)


def test_a_task_needs_no_defence_and_is_worth_nothing_late():
    in_time = standing(course(), Record(attempts={TASK: [attempt("x", 0, F(1, 3))]}))
    assert (in_time.marks[2].state, in_time.points.tasks) == ("counted", F(50, 3))
    late = standing(course(), Record(attempts={TASK: [Attempt("x", DUE + timedelta(seconds=1), F(1))]}))
    assert (late.marks[2].points, late.marks[2].factor, late.points.tasks) == (0, 0, 0)


def test_a_late_task_does_not_replace_the_one_in_time():
    record = Record(attempts={TASK: [attempt("in time", -1, F(1, 10)), attempt("late", 1)]})
    assert (marks(record)[TASK].submission, marks(record)[TASK].points) == ("in time", 5)


def test_an_extension_moves_the_student_s_own_deadline_only():
    record = Record(attempts={LAB: [attempt("x", 6)], TASK: [attempt("y", 6)]}, deadlines={LAB: DUE + 7 * DAY})
    found = marks(record)
    assert (found[LAB].weeks, found[LAB].points) == (0, 10)
    assert (found[TASK].weeks, found[TASK].points) == (1, 0)
    assert deadline(course().item(LAB), record) == DUE + 7 * DAY
    assert deadline(course().item(TASK), record) == DUE


def test_an_extension_makes_no_deadline_earlier():
    """It was given, and then everybody's deadline was moved beyond it."""
    record = Record(attempts={LAB: [attempt("x", -1)]}, deadlines={LAB: DUE - 7 * DAY, LAB2: DUE})
    assert deadline(course().item(LAB), record) == DUE
    assert marks(record)[LAB].points == 10
    assert deadline(course().item(LAB2), record) is None  # it never ends for anybody


def test_grace_holds_for_every_deadline():
    record = Record(attempts={TASK: [attempt("x", F(5, 24 * 60))]})
    assert marks(record)[TASK].points == 0
    grace = timedelta(minutes=5)
    assert marks(record, grace=grace)[TASK].points == 50
    own = Record(attempts={LAB: [attempt("x", 1 + F(5, 24 * 60))]}, deadlines={LAB: DUE + DAY})
    assert marks(own, grace=grace)[LAB].points == 10


def test_lateness_from_the_defence():
    record = Record(attempts={LAB: [attempt("x", -1)]}, defences={LAB: Defence(DUE + 8 * DAY)})
    assert marks(record)[LAB].points == 10
    mark = marks(record, late_from="defence")[LAB]
    assert (mark.weeks, mark.points) == (2, 10 * (F(3, 5) + F(2, 15)))


def test_lateness_from_the_defence_leaves_tasks_alone():
    record = Record(attempts={TASK: [attempt("x", -1)]}, defences={TASK: Defence(DUE + 8 * DAY)})
    assert marks(record, late_from="defence")[TASK].points == 50


@pytest.mark.parametrize(("weeks", "points"), [("started", F(8)), ("full", F(10)), ("exact", 10 * F(13, 15))])
def test_the_course_says_how_weeks_are_counted(weeks, points):
    record = Record(attempts={LAB: [attempt("x", 3.5)]}, defences={LAB: Defence(DUE)})
    assert marks(record, weeks=weeks)[LAB].points == points


def test_a_lab_defended_in_part():
    record = Record(attempts={LAB: [attempt("x", 5, F(1, 2))]}, defences={LAB: Defence(DUE, F(3, 4))})
    mark = marks(record)[LAB]
    assert mark.points == mark.share * mark.max_points * mark.factor * mark.defended == 3


def test_the_final_score_comes_from_all_of_it():
    """P = 8 + 30 + 25 = 63, T = 28 (the exam, not the better test): sqrt(1764) = 42; B' = 30 * 15 / 45 = 10."""
    record = Record(
        attempts={LAB: [attempt("a", 5)], LAB2: [attempt("b", 99, F(1, 2))], TASK: [attempt("c", -1, F(1, 2))]},
        defences={LAB: Defence(DUE), LAB2: Defence(DUE + 100 * DAY)},
        test=F(60),
        exam=Exam(F(20), F(8)),
        bonus=F(15),
    )
    result = standing(course(), record)
    assert (result.points.labs, result.points.tasks) == (38, 25)
    assert (result.score.theory, result.score.practice, result.score.bonus) == (28, 63, 10)
    assert result.score.final == 52
    assert str(rounded(result.score.steps[-1].value)) == "52.00"


attempts = st.lists(
    st.builds(
        attempt,
        st.uuids().map(str),
        st.integers(-30, 60),
        st.fractions(min_value=0, max_value=1, max_denominator=100),
    ),
    max_size=5,
)


@given(attempts, attempts, attempts, attempts)
def test_one_more_submission_never_costs_points(lab, lab2, task, more):
    defences = {LAB: Defence(DUE), LAB2: Defence(DUE)}
    before = standing(course(), Record(attempts={LAB: lab, LAB2: lab2, TASK: task}, defences=defences))
    after = standing(
        course(), Record(attempts={LAB: lab + more, LAB2: lab2 + more, TASK: task + more}, defences=defences)
    )
    for one, other in zip(before.marks, after.marks, strict=True):
        assert one.points <= other.points <= other.max_points
    assert before.score.practice <= after.score.practice <= 120


SHARES = st.sampled_from([F(0), F(1, 3), F(1, 2), F(3, 4), F(1)])
MOMENTS = st.integers(min_value=-20, max_value=40).map(lambda days: DUE + timedelta(days=days, hours=days % 3))


@given(
    tried=st.lists(st.tuples(MOMENTS, SHARES), max_size=7),
    defended=st.none() | st.tuples(MOMENTS, SHARES),
    name=st.sampled_from(["a/lab", "a/task"]),
    due=st.sampled_from([DUE, None]),
    late_from=st.sampled_from(["upload", "defence"]),
    weeks=st.sampled_from(["started", "full", "exact"]),
)
def test_the_best_of_many_is_the_best_of_each_alone(tried, defended, name, due, late_from, weeks):
    held = Course({}, ZoneInfo("UTC"), (item(name, F(20), due),), weeks=weeks, late_from=late_from)
    attempts = [Attempt(str(number), at, share) for number, (at, share) in enumerate(tried)]
    defences = {name: Defence(*defended)} if defended else {}

    def points(some):
        return standing(held, Record(attempts={name: some}, defences=defences)).marks[0].points

    assert points(attempts) == max((points([one]) for one in attempts), default=0)


def test_what_was_entered_by_a_more_generous_formula_counts_up_to_todays():
    lowered = course(formula=Formula(test=F(30), minimum=F(20), ticket=F(50)))
    assert standing(lowered, Record(test=F(50))).score.theory == 30
    assert standing(lowered, Record(exam=Exam(F(40), F(45)))).score.theory == 20 + 45
