"""Planning: needed points turned back through the formula, what is still open, "what if"; by hand and as properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.core.course import Contest, Course, CourseItem
from grader.core.errors import BadInput
from grader.core.gradebook import Attempt, Defence, Override, Record, Solved, standing
from grader.core.planning import Assumed, needed, plan, possible, what_if
from grader.core.scoring import LECTURE, Exam, Formula, Points, final_score, rounded, softened_bonus

from .courses import item

F = Fraction
DUE = datetime(2027, 2, 14, 23, 59, 59, 999_999, tzinfo=UTC)  # its own last moment
WEEK = timedelta(weeks=1)
LAB, LAB2, TASK, CONTEST = "a/lab", "a/lab2", "a/task", "codeforces/c"
HUNDREDTH = F(1, 100)

hundredths = st.integers(0, 12000).map(lambda n: F(n, 100))


def course(**settings):
    title = {"en": "x", "ru": "x"}
    items = (
        item(LAB, F(10), DUE),
        item(LAB2, F(60), DUE + 4 * WEEK),
        item(TASK, F(30), DUE),
        CourseItem(CONTEST, "task", title, F(20), DUE, contest=Contest(7, ("A", "B"))),
    )
    return Course(title, ZoneInfo("UTC"), items, **settings)


def of_theory(value: Fraction, practice: Fraction, bonus: Fraction) -> Points:
    exam = None if value <= 60 else Exam(F(60), value - 60)
    return Points(min(value, F(60)), exam, min(practice, F(70)), practice - min(practice, F(70)), bonus)


def test_needed_by_hand():
    """91 with P = 80 and B = 30, so B' = 15: T = 76^2 / 80 = 72.2; with B = 12 the square is (91 - 60/7)^2 = ..."""
    assert needed(F(91), F(80), F(15), F(100)) == F("72.2")
    # B' = 360/42 = 60/7; (577/7)^2 / 80 = 332929/3920 = 84.9308...
    assert needed(F(91), F(80), softened_bonus(F(12)), F(100)) == F("84.94")
    assert needed(F(15), F(80), F(15), F(100)) == 0
    assert needed(F(16), F(0), F(15), F(100)) is None
    assert needed(F(101), F(120), F(29), F(100)) is None


@given(hundredths, hundredths, st.integers(0, 20000).map(lambda n: F(n, 100)))
@example(F(100), F(0), F(0))
@example(F(60), F(60), F(0))
def test_needed_reaches_the_wanted_score_and_a_hundredth_less_does_not(wanted, practice, bonus):
    """Whatever `final_score` says is right: it is asked on both sides of the answer."""
    if wanted > 100:
        wanted = wanted / 2
    points = needed(wanted, practice, softened_bonus(bonus), F(100))
    if points is None or points > 120:
        assert final_score(of_theory(F(120), practice, bonus)).final < wanted
        return
    assert final_score(of_theory(points, practice, bonus)).final >= wanted
    if points > 0:
        assert final_score(of_theory(points - HUNDREDTH, practice, bonus)).final < wanted


@given(hundredths, hundredths, st.integers(0, 5000).map(lambda n: F(n, 100)))
def test_needed_practice_is_found_the_same_way(wanted, theory, bonus):
    wanted = wanted * 5 / 6
    points = needed(wanted, theory, softened_bonus(bonus), F(100))
    if points is None or points > 120:
        assert final_score(of_theory(theory, F(120), bonus)).final < wanted
        return
    assert final_score(of_theory(theory, points, bonus)).final >= wanted
    if points > 0:
        assert final_score(of_theory(theory, points - HUNDREDTH, bonus)).final < wanted


def attempt(share=1, weeks=-1.0):
    return Attempt("s", DUE + weeks * WEEK, F(share))


def test_before_any_deadline_everything_is_open():
    top = possible(course(), Record(), Assumed(), DUE - WEEK)
    assert (top.theory, top.practice, top.final) == (120, 120, 100)


def test_after_deadlines_tasks_are_closed_and_labs_keep_what_lateness_left():
    """One week after: the first lab keeps 0.6 + 0.4 / 2 = 0.8 of 10, the second all of 60; tasks what was solved."""
    record = Record(
        attempts={TASK: [attempt(F(1, 3))]}, solved={CONTEST: [Solved("A", DUE - WEEK)]}, test=F(50), bonus=F(30)
    )
    top = possible(course(), record, Assumed(), DUE + WEEK)
    assert top.practice == 8 + 60 + 10 + 10
    assert top.bonus == 15


def test_what_was_marked_stays_as_it_was_marked():
    """A defence with half the points, an override and an exam are not won back."""
    record = Record(
        attempts={LAB: [attempt(F(1, 2))]},
        defences={LAB: Defence(DUE - WEEK, F(1, 2))},
        overrides={LAB2: Override(F(7), "agreed")},
        exam=Exam(F(40), F(35)),
    )
    top = possible(course(), record, Assumed(), DUE - WEEK)
    assert top.practice == 5 + 7 + 30 + 20
    assert top.theory == 75


def test_a_lab_that_waits_can_be_defended_but_not_earlier_than_now():
    """8/10 in time and not defended: counted by the upload it is 8, and a new upload in a week is 8 too; by the
    defence, two weeks late, all of it keeps 0.6 + 0.4 / 3."""
    record = Record(attempts={LAB: [attempt(F(9, 10))]})
    at = DUE + 2 * WEEK
    assert possible(course(), record, Assumed(), at).practice == 9 + 60
    by_defence = possible(course(late_from="defence"), record, Assumed(), at).practice
    assert by_defence == 10 * (F(3, 5) + F(2, 15)) + 60


def test_an_own_deadline_keeps_a_task_open():
    record = Record(deadlines={TASK: DUE + 3 * WEEK})
    assert possible(course(), record, Assumed(), DUE + WEEK).practice == 8 + 60 + 30


@given(
    st.lists(st.tuples(st.sampled_from([LAB, LAB2, TASK]), hundredths, st.integers(-3, 9)), max_size=6),
    st.sets(st.sampled_from([LAB, LAB2])),
    st.integers(-3, 9),
)
def test_nothing_handed_in_later_beats_the_bound(handed_in, defended, now_weeks):
    now = DUE + now_weeks * WEEK
    before = [(name, share, weeks) for name, share, weeks in handed_in if weeks <= now_weeks]

    def record(entries, labs):
        attempts: dict[str, list[Attempt]] = {}
        for name, share, weeks in entries:
            attempts.setdefault(name, []).append(attempt(share / 120, weeks))
        return Record(attempts=attempts, defences={name: Defence(now) for name in labs}, test=F(60))

    top = possible(course(), record(before, ()), Assumed(), now)
    assert standing(course(), record(handed_in, defended)).score.final <= top.final


def test_what_if_changes_what_is_told_and_saves_nothing():
    """T = 60 by the test, P = 10 + 12.5, B' = 30 * 10 / 40 = 7.5: sqrt(60 * 22.5) + 7.5 = 44.24."""
    record = Record(attempts={LAB: [attempt()]}, test=F(20), bonus=F(1))
    assumed = Assumed({LAB: F(10), TASK: F("12.5")}, test=F(60), bonus=F(10))
    found = what_if(course(), record, assumed)
    assert rounded(found.score.final) == rounded(F("44.24"))
    assert [mark.state for mark in found.marks] == ["counted", "none", "counted", "none"]
    assert what_if(course(), record, Assumed()) == standing(course(), record)


def test_an_exam_stands_above_an_assumed_test():
    record = Record(exam=Exam(F(20), F(10)))
    assert what_if(course(), record, Assumed(test=F(60))).score.theory == 30
    assert what_if(course(), record, Assumed(exam=Exam(F(60), F(1)))).score.theory == 61


def test_what_cannot_be_assumed_is_refused_by_name():
    cases = [
        (Assumed({"a/none": F(1)}), "There is no a/none"),
        (Assumed({LAB: F(11)}), "a/lab must be from 0 to 10"),
        (Assumed({LAB: F(-1)}), "a/lab must be from 0 to 10"),
        (Assumed(test=F(61)), "test must be"),
        (Assumed(exam=Exam(F(61), F(0))), "term minimum. must be"),
        (Assumed(exam=Exam(F(0), F(-1))), "ticket. must be"),
        (Assumed(bonus=F(-1)), "bonus must be"),
    ]
    for assumed, told in cases:
        with pytest.raises(BadInput, match=told):
            what_if(course(), Record(), assumed)
    with pytest.raises(BadInput, match="want must be from 0 to 100") as caught:
        plan(course(), Record(), Assumed(), F(101), DUE)
    assert caught.value.told("ru").startswith("желаемый балл: нужно число от 0 до 100")


def test_a_plan_tells_both_needs_and_whether_they_can_be_met():
    """T = 50, P = 70, no bonus. 91 needs T = 91^2 / 70 = 118.3 (an exam), or P = 91^2 / 50 = 165.62 (over 120)."""
    record = Record(
        attempts={LAB: [attempt()], LAB2: [attempt()]}, defences={LAB: Defence(DUE), LAB2: Defence(DUE)}, test=F(50)
    )
    found = plan(course(), record, Assumed(), F(91), DUE)
    assert (found.theory.points, found.theory.most, found.theory.reachable) == (F("118.3"), 120, True)
    assert (found.practice.points, found.practice.most, found.practice.reachable) == (F("165.62"), 120, False)
    assert found.reachable
    late = plan(course(), record, Assumed(test=F(60)), F(91), DUE + 8 * WEEK)
    assert (late.theory.most, late.practice.most) == (60, 70)
    assert not late.reachable


def test_a_formula_of_the_course_is_used():
    """At most 80 in this course: 81 is refused, 80 is reached with less than everything."""
    small = course(formula=Formula(final=F(80)))
    with pytest.raises(BadInput):
        plan(small, Record(), Assumed(), F(81), DUE)
    assert plan(small, Record(), Assumed(), F(80), DUE).best == 80
    assert LECTURE.final == 100
