"""What stands beside a verdict: an author's hint at a wrong result, a text of its own at every other."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.core.hints import OWN, hint_of
from grader.core.report import Report, TestResult, from_json, to_json
from grader.core.verdicts import Verdict

AUTHORS = {"en": "sum over the rows", "ru": "сложите по строкам"}
ELSEWHERE = {Verdict.ERROR, Verdict.SKIPPED, Verdict.REFUSED}  # the exception, what it waits for, what is forbidden


@pytest.mark.parametrize("verdict", Verdict)
def test_only_a_wrong_result_has_its_authors_hint(verdict):
    told = hint_of(verdict, AUTHORS)
    assert (told == AUTHORS) == (verdict in (Verdict.FAILED, Verdict.PASSED))
    assert (told == {}) == (verdict in ELSEWHERE)


def test_every_text_is_there_in_both_languages():
    assert all(set(texts) == {"en", "ru"} and all(texts.values()) for texts in OWN.values())


def test_a_value_came_of_what_passed_and_of_what_was_wrong_and_of_nothing_else():
    assert {verdict for verdict in Verdict if verdict.has_value} == {Verdict.PASSED, Verdict.FAILED}


def test_a_report_of_before_is_read_with_the_hints_of_now():
    def result(verdict: Verdict, hint: dict[str, str]) -> TestResult:
        return TestResult(f"test_{verdict}", verdict, Fraction(0), Fraction(1), hint=hint)

    refusal = {"en": "The assignment forbids x.", "ru": "Нельзя x."}
    tests = tuple(result(v, refusal if v is Verdict.REFUSED else AUTHORS) for v in Verdict)
    data = to_json(Report("a/b", "hidden", tests, "docker", 1.0))
    del data["refusals"]
    read = from_json(data)
    assert read.refusals == (refusal,)
    assert {test.verdict: test.hint for test in read.tests} == {
        verdict: hint_of(verdict, AUTHORS) for verdict in Verdict
    }
    assert from_json(to_json(read)) == read
