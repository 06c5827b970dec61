"""Exam tickets: what a file of questions may hold, and how tickets are drawn from it."""

from __future__ import annotations

from collections import Counter

import pytest

from grader.core.errors import BadInput
from grader.core.tickets import Question, draw, hand_out, read
from grader.reports.tickets import to_csv, to_html, to_text

FILE = """# Lecture 1. Neighbours

- What does $k$ do?
- The curse of dimensionality:
  an example.

## Lecture 2 ##
1. Bias and variance
2) Ridge <b>regression</b>
* Lasso
"""


def test_questions_are_read_by_lecture_with_the_lines_that_go_on():
    found = read("\ufeff".strip("\ufeff") + FILE)
    assert [(one.lecture, one.text) for one in found] == [
        ("Lecture 1. Neighbours", "What does $k$ do?"),
        ("Lecture 1. Neighbours", "The curse of dimensionality:\nan example."),
        ("Lecture 2", "Bias and variance"),
        ("Lecture 2", "Ridge <b>regression</b>"),
        ("Lecture 2", "Lasso"),
    ]


def test_a_title_above_the_lectures_needs_no_questions_and_windows_lines_are_lines():
    assert read("# Exam\r\n## One\r\n- A\r\n\r\n## Two\r\n- B\r\n") == [Question("One", "A"), Question("Two", "B")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no questions"),
        ("- A\n", "line 1: a question stands before"),
        ("# One\nWhat is it?\n- A\n", "line 2 is neither"),
        ("# One\n# Two\n- A\n", "line 1: the lecture 'One' has no questions"),
        ("# One\n- A\n# Two\n", "line 3: the lecture 'Two' has no questions"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(text, told):
    with pytest.raises(BadInput, match=told):
        read(text)


QUESTIONS = [Question(f"L{lecture}", f"Q{lecture}.{n}") for lecture in range(5) for n in range(4)]
PINNED = [["Q1.1", "Q3.1"], ["Q2.1", "Q4.0"]]  # the same on any machine, by any Python


def test_tickets_are_drawn_by_the_seed():
    drawn = draw(QUESTIONS, 12, 2, "spring")
    assert drawn == draw(QUESTIONS, 12, 2, "spring")
    assert drawn != draw(QUESTIONS, 12, 2, "autumn")
    assert [one.number for one in drawn] == list(range(1, 13))
    assert [[q.text for q in one.questions] for one in drawn[:2]] == PINNED


@pytest.mark.parametrize(("count", "each"), [(10, 2), (15, 2), (7, 5), (30, 1), (40, 3)])
def test_questions_are_of_different_lectures_and_used_equally_often(count, each):
    drawn = draw(QUESTIONS, count, each, "s")
    assert all(len({q.lecture for q in one.questions}) == each for one in drawn)
    uses = Counter(q for one in drawn for q in one.questions)
    counts = [uses[q] for q in QUESTIONS]
    assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize(("count", "each"), [(0, 2), (1001, 2), (3, 0), (3, 6)])
def test_what_cannot_be_drawn_is_told(count, each):
    with pytest.raises(BadInput):
        draw(QUESTIONS, count, each, "s")


def test_students_get_tickets_in_an_order_of_the_seed_whoever_is_first_in_the_list():
    logins = [f"s{n}" for n in range(10)]
    assert hand_out(logins, "a") == hand_out(reversed(logins), "a") != hand_out(logins, "b")
    assert sorted(hand_out(logins, "a")) == logins


def test_the_page_and_the_text_show_numbers_names_formulas_and_run_nothing():
    drawn = draw(read(FILE), 2, 2, "s")
    names = {1: "Anna <script> (anna)"}
    page = to_html(drawn, names, title="ML & more", day="10.06.2027", seed="s", language="ru")
    assert page.count("<article>") == 2
    assert "Билет 1" in page
    assert "ML &amp; more · 10.06.2027 · Anna &lt;script&gt; (anna)" in page
    assert "<script" not in page
    assert "<b>" not in page
    assert "<math" in to_html(draw(read(FILE), 2, 2, "s"), {}, title="", day="", seed="", language="en")
    text = to_text(drawn, names, language="en")
    assert "Ticket 1  Anna <script> (anna)" in text
    assert "(Lecture 2)" in text


def test_the_sheet_for_results_is_what_the_import_of_theory_takes():
    assert to_csv(["anna", "boris"]) == "login,minimum,ticket\nanna,,\nboris,,\n"
