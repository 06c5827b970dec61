"""A report as Gradescope reads it: the sums, the visibility, and nothing hidden where a student may look."""

from __future__ import annotations

import json
from fractions import Fraction

from grader.core.report import ImportFault, Raised, Report, TestResult
from grader.core.verdicts import Verdict
from grader.reports.gradescope import to_gradescope

F = Fraction


def hidden(name: str, visibility: str, verdict: Verdict = Verdict.ERROR) -> TestResult:
    return TestResult(
        name, verdict, F(0), F(3, 2), 0.1, {"en": f"Title of {name}", "ru": f"Название {name}"},
        {"en": "a helpful hint", "ru": "полезная подсказка"}, visibility,
        raised=Raised("ValueError", "mine.py", 7, "secret text"), message="secret message", output="secret output",
    )  # fmt: skip


REPORT = Report(
    "clustering/kmeans",
    "hidden",
    (
        TestResult("right", Verdict.PASSED, F(2), F(2), 0.52, title={"en": "Right"}, message="secret"),
        hidden("now", "always"),
        hidden("later", "after_due"),
        hidden("never", "staff", Verdict.FAILED),
    ),
    "docker",
    1.2345,
    provenance={"seed": "secret seed"},
    staff_notes=("secret note",),
)


def test_it_has_the_documented_shape():
    told = json.loads(json.dumps(to_gradescope(REPORT)))
    assert (told["score"], told["execution_time"], told["stdout_visibility"]) == (2, 0.5, "hidden")
    assert [test["number"] for test in told["tests"]] == ["1", "2", "3", "4"]
    assert [test["status"] for test in told["tests"]] == ["passed", "failed", "failed", "failed"]
    assert [test["visibility"] for test in told["tests"]] == ["visible", "visible", "after_due_date", "hidden"]
    assert [(test["score"], test["max_score"]) for test in told["tests"]] == [(2, 2), (0, 1.5), (0, 1.5), (0, 1.5)]
    assert sum(test["score"] for test in told["tests"]) == told["score"]
    assert told["tests"][1]["name"] == "Title of now"


def test_what_a_student_may_ever_see_holds_nothing_hidden():
    told = to_gradescope(REPORT)
    hidden_test = told["tests"].pop()
    assert "secret" not in json.dumps(told)
    assert told["tests"][1]["output"] == "ValueError (mine.py, line 7)\na helpful hint"
    assert told["tests"][2]["output"] == told["tests"][1]["output"]
    assert "secret message" in hidden_test["output"]
    assert "secret output" in hidden_test["output"]
    russian = to_gradescope(REPORT, language="ru")["tests"][1]
    assert russian["output"] == "ValueError (mine.py, строка 7)\nполезная подсказка"


def test_a_refusal_is_told_once_for_all_tests():
    refused = tuple(TestResult(name, Verdict.REFUSED, F(0), F(1)) for name in ("one", "two"))
    told = {"en": "The assignment forbids numpy.fft.", "ru": "Нельзя использовать numpy.fft."}
    report = Report("a/b", "hidden", refused, "docker", 0.1, refusals=(told,))
    assert to_gradescope(report, language="ru")["output"] == told["ru"]
    english = to_gradescope(report)
    assert json.dumps(english).count("The assignment forbids") == 1
    assert [test["output"] for test in english["tests"]] == ["", ""]


def test_a_text_that_is_message_and_hint_stands_once():
    sentence = {"en": "a.py does not define f.", "ru": "В a.py не определено имя f."}
    test = TestResult("one", Verdict.ERROR, F(0), F(1), hint=sentence, message=sentence["en"], visibility="staff")
    (told,) = to_gradescope(Report("a/b", "hidden", (test,), "docker", 0.1), language="en")["tests"]
    assert told["output"] == sentence["en"]


def test_a_fault_of_the_import_is_told_once_and_whole():
    fault = ImportFault(Verdict.ERROR, Raised("NameError", "mine.py", 1, "x"), "NameError: x, line 1")
    told = to_gradescope(Report("a/b", "hidden", (), "docker", 0.1, import_fault=fault))
    assert told["output"] == "NameError: x, line 1"
    assert told["score"] == 0  # required where there are no tests
