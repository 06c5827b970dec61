"""The formula of lecture 0: hand-computed cases, the borders of every range, and what must hold for all points."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.core.errors import BadInput
from grader.core.scoring import Exam, Points, final_score, parse, practice, rounded, softened_bonus, theory

F = Fraction


def fractions(most):
    return st.fractions(min_value=0, max_value=most, max_denominator=1000)


points = st.builds(
    Points,
    test=fractions(60),
    exam=st.none() | st.builds(Exam, fractions(60), fractions(60)),
    labs=fractions(70),
    tasks=fractions(50),
    bonus=fractions(1000),
)


@pytest.mark.parametrize(
    ("given_points", "expected"),
    [
        (Points(), "0.00"),
        (Points(test=F(60), labs=F(60)), "60.00"),  # sqrt(60 * 60)
        (Points(test=F(50), labs=F(60), tasks=F(20)), "63.25"),  # sqrt(4000) = 63.2455...
        (Points(test=F(1), labs=F(64), bonus=F(30)), "23.00"),  # 8 + 30*30/60
        (Points(exam=Exam(F(60), F(60)), labs=F(70), tasks=F(50)), "100.00"),  # sqrt(120 * 120) = 120
        (Points(exam=Exam(F(45), F(50)), labs=F(60), tasks=F(35), bonus=F(10)), "100.00"),  # 95 + 7.5
        (Points(exam=Exam(F(40), F(35)), labs=F(60), tasks=F(41.5), bonus=F(12)), "95.82"),
        (Points(test=F(60), bonus=F(6)), "5.00"),  # no practice, only the bonus: 180/36
    ],
)
def test_hand_computed(given_points, expected):
    assert str(rounded(final_score(given_points).final)) == expected


def test_an_attempted_exam_replaces_a_better_test():
    assert theory(Points(test=F(60), exam=Exam(F(10), F(0)))) == 10
    assert theory(Points(test=F(60), exam=Exam(F(0), F(0)))) == 0
    assert theory(Points(test=F(60))) == 60


def test_the_bonus_is_exact():
    assert softened_bonus(F(0)) == 0
    assert softened_bonus(F(12)) == F(60, 7)
    assert practice(Points(labs=F(1, 3), tasks=F(2, 3))) == 1


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        (Points(test=F(60001, 1000)), "test"),
        (Points(test=F(61), exam=Exam(F(1), F(1))), "test"),  # even where the exam replaces it
        (Points(test=F(-1, 100)), "test"),
        (Points(exam=Exam(F(61), F(0))), "term minimum"),
        (Points(exam=Exam(F(0), F(121, 2))), "ticket"),
        (Points(labs=F(7001, 100)), "labs"),
        (Points(tasks=F(51)), "tasks"),
        (Points(bonus=F(-1)), "bonus"),
    ],
)
def test_what_is_out_of_range_is_named(bad, name):
    with pytest.raises(BadInput, match=name):
        final_score(bad)


def test_a_refused_number_is_shown_as_it_was_given():
    with pytest.raises(BadInput, match=r"60\.001"):
        final_score(Points(test=F("60.001")))


def test_the_borders_belong_to_the_ranges():
    full = Points(test=F(60), exam=Exam(F(60), F(60)), labs=F(70), tasks=F(50), bonus=F(10) ** 40)
    score = final_score(full)
    assert (score.theory, score.practice, score.final) == (120, 120, 100)
    assert 29 < score.bonus < 30


def test_the_steps_show_the_whole_way():
    score = final_score(
        Points(test=F(1), exam=Exam(F(40), F(35)), labs=F(60), tasks=F("41.5"), bonus=F(12)),
    )
    assert [(s.symbol, s.plain, str(rounded(s.value))) for s in score.steps] == [
        ("T", "40 + 35", "75.00"),
        ("P", "60 + 41.5", "101.50"),
        ("B'", "30 * 12 / (30 + 12)", "8.57"),
        (r"\sqrt{T P}", "sqrt(75 * 101.5)", "87.25"),
        ("S", "min(87.25 + 8.57, 100)", "95.82"),
    ]
    assert score.steps[2].formula == r"\frac{30 \cdot 12}{30 + 12}"
    assert score.steps[-1].value == score.final


THIRDS = st.integers(0, 49 * 7 * 3).map(lambda n: F(n, 21))


@given(test=THIRDS, labs=THIRDS, tasks=THIRDS, bonus=THIRDS)
@example(test=F(54), labs=F(36), tasks=F(36), bonus=F(12))  # 62.354 + 8.571: shorter ones would not add up to 70.93
def test_each_step_gives_by_hand_what_it_shows(test, labs, tasks, bonus):
    for step in final_score(Points(test=test, labs=labs, tasks=tasks, bonus=bonus)).steps:
        by_hand = eval(step.plain, {"sqrt": math.sqrt, "min": min})
        assert abs(by_hand - float(rounded(step.value))) < 0.00501, step


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (F(1, 8), "0.13"),
        (F(5, 1000), "0.01"),
        (F(4999, 1000000), "0.00"),
        (F(2675, 1000), "2.68"),  # a float would give 2.67
        (F(100), "100.00"),
        (F(-1, 8), "-0.13"),
        (F(-1, 1000), "0.00"),
        (Decimal("63.245"), "63.25"),
        (F(10) ** 40, "1" + "0" * 40 + ".00"),
    ],
)
def test_rounding_takes_halves_up(value, shown):
    assert str(rounded(value)) == shown


def test_a_tie_of_exact_numbers_is_a_tie():
    """sqrt(1/9) + B' = 1/3 + 25/24 = 1.375 exactly: digits cut off on the way would give 1.37."""
    bonus = 30 * F(25, 24) / (30 - F(25, 24))
    score = final_score(Points(test=F(1, 9), labs=F(1), bonus=bonus))
    assert score.final == F(11, 8)
    assert str(rounded(score.final)) == "1.38"


@pytest.mark.parametrize(
    ("text", "value"),
    [("41.5", F(83, 2)), ("41,5", F(83, 2)), (" 83/2 ", F(83, 2)), ("0", F(0)), (".5", F(1, 2)), ("1e1", F(10))],
)
def test_points_as_people_write_them(text, value):
    assert parse("--tasks", text) == value


@pytest.mark.parametrize("text", ["", "nan", "inf", "1/0", "ten", "1e999999999", "9" * 1000, "1,5,5", "0x10", "1 2"])
def test_what_is_no_number_is_refused_with_its_name(text):
    with pytest.raises(BadInput, match="--tasks"):
        parse("--tasks", text)


@given(points)
def test_the_score_is_a_score(some):
    score = final_score(some)
    assert 0 <= score.bonus < 30
    assert 0 <= score.final <= 100
    assert math.isclose(
        score.final, min(math.sqrt(score.theory * score.practice) + float(score.bonus), 100), rel_tol=1e-12
    )


@given(points, fractions(10))
def test_more_practice_or_bonus_never_costs(some, more):
    grown = Points(
        test=some.test,
        exam=some.exam,
        labs=min(some.labs + more, F(70)),
        tasks=some.tasks,
        bonus=some.bonus + more,
    )
    assert final_score(grown).final >= final_score(some).final


@given(fractions(60))
def test_equal_theory_and_practice_have_themselves_as_root(value):
    score = final_score(Points(test=value, labs=value))
    assert score.final == value


@given(st.fractions(min_value=-1000, max_value=1000))
def test_rounding_is_near_and_has_two_decimals(value):
    shown = rounded(value)
    assert abs(F(shown) - value) <= F(1, 200)
    assert shown.as_tuple().exponent == -2
