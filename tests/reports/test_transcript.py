"""A transcript: every number with its step, each computed here by hand."""

from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction

from grader.core.gradebook import Attempt, Defence, Mark, Record
from grader.core.scoring import rounded
from grader.reports.transcript import Bonus, product, to_json, transcript
from tests.reports.class_of_two import ANNA, BORIS, COURSE, DUE, F

PERSON = {"login": "anna", "name": "Anna", "group": "M1"}


def made(record=ANNA, bonus=()):
    return transcript(COURSE, PERSON, record, bonus, DUE)


def test_every_mark_has_the_product_that_gives_it():
    lab, waiting, task = made().lines
    assert (lab.plain, lab.mark.points) == ("0.75 * 20 * 0.8", 12)
    assert (waiting.plain, waiting.mark.state) == ("0.5 * 50", "waiting")
    assert (task.plain, task.mark.points) == ("(2/3) * 7.5", 5)
    assert (lab.handed_in, lab.deadline, lab.defended) == (DUE + timedelta(days=1), DUE, DUE + timedelta(days=2))
    assert waiting.defended is None


def test_sums_are_capped_and_say_what_waits():
    labs, tasks = made().sums
    assert (labs.total, labs.counted, labs.most, labs.waiting) == (12, 12, 70, 1)
    assert (tasks.total, tasks.waiting) == (5, 0)


def test_steps_lead_to_the_final_score():
    found = [str(rounded(step.value)) for step in made().steps]
    assert found == ["54.00", "17.00", "8.57", "30.30", "38.87"]


def test_what_staff_have_set_has_no_product_and_tells_why():
    line = made(BORIS).lines[2]
    assert (line.plain, line.mark.points, line.mark.override) == ("", 6, "handed in on paper")
    assert made(BORIS).lines[0].plain == ""


def test_the_deadline_is_the_student_s_own_and_a_defence_leaves_its_share():
    own = DUE + timedelta(days=7)
    record = Record(
        attempts={"a/lab": [Attempt("s", own, F(1))]},
        deadlines={"a/lab": own},
        defences={"a/lab": Defence(own, F(1, 3))},
    )
    line = made(record).lines[0]
    assert (line.deadline, line.plain, line.mark.points) == (own, "1 * 20 * (1/3)", F(20, 3))


def test_a_product_is_exact():
    for share, factor in ((F(1, 3), F(11, 15)), (F(1), F(1)), (F(7, 8), F(4, 5))):
        mark = Mark("a/lab", "lab", F(20), "counted", share * 20 * factor, share, F(2), factor)
        value = Fraction(1)
        for part in product(mark).split(" * "):
            value *= Fraction(part.strip("()"))
        assert value == mark.points


def test_json_holds_all_of_it():
    told = json.loads(json.dumps(to_json(made(bonus=[Bonus(F(12), "notes", DUE)]))))
    assert told["bonus_entries"] == [{"points": 12, "reason": "notes"}]
    assert told["marks"][0]["product"] == "0.75 * 20 * 0.8"
    assert told["final"] == 38.87
    assert [step["symbol"] for step in told["steps"]] == ["T", "P", "B'", r"\sqrt{T P}", "S"]
