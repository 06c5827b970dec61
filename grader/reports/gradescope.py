"""A submission's report as Gradescope's `results.json`.

What Gradescope shows to a student follows from a test's ``visibility``: a test for staff is ``hidden``, one that is
told after the deadline ``after_due_date``. Whatever it may show holds no more than our own page does; only in hidden
tests stand the message and the output. The seed and other provenance stay here.

Format: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from typing import Any

from grader.core.report import Report, TestResult, number, student_view

VISIBILITY = {"always": "visible", "after_due": "after_due_date", "staff": "hidden"}


def to_gradescope(report: Report, *, language: str = "en") -> dict[str, Any]:
    """The content of results.json; titles and hints in one language."""
    view = student_view(report, after_due=True)
    shown = {test.name: test for test in view.tests}
    tests = [_test(place, test, shown, language) for place, test in enumerate(report.tests, start=1)]
    return {
        "score": number(report.score),
        "execution_time": round(view.seconds, 2),
        "output": "\n".join([*(told[language] for told in view.refusals), *_import_fault(view)]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def _test(place: int, test: TestResult, shown: dict[str, TestResult], language: str) -> dict[str, Any]:
    """One test; ``shown`` has those that a student sees at some time, as they see them."""
    told = shown.get(test.name, test)
    return {
        "number": str(place),
        "name": test.title.get(language) or test.name,
        "score": number(test.points),
        "max_score": number(test.max_points),
        "status": "passed" if test.passed else "failed",
        "output": _output(told, language),
        "tags": [str(test.verdict)],
        "visibility": VISIBILITY[test.visibility],
    }


def _output(test: TestResult, language: str) -> str:
    lines = []
    if test.raised is not None:
        word = {"en": "line", "ru": "строка"}[language]
        place = f" ({test.raised.file}, {word} {test.raised.line})" if test.raised.file else ""
        text = f": {test.raised.text}" if test.raised.text else ""
        lines.append(f"{test.raised.type}{place}{text}")
    lines += [test.message if test.message != test.hint.get("en") else "", test.hint.get(language, ""), test.output]
    return "\n".join(line for line in lines if line)


def _import_fault(report: Report) -> list[str]:
    """Why nothing could be run: told whole, since nothing hidden was there yet."""
    fault = report.import_fault
    if fault is None and report.cell_fault is not None:
        return [f"A cell fails after all was defined: {report.cell_fault.type}: {report.cell_fault.text}"]
    if fault is None:
        return []
    return [fault.traceback or (fault.raised.type if fault.raised else str(fault.verdict))]
