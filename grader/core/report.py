"""The report on one submission: one immutable record, as data.

A report says what happened, test by test, and with which inputs it can be made again (hashes, image,
versions, seed). What a student may see of it is decided here too, in `student_view`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Literal

from grader.core.exceptions import nearest
from grader.core.hints import hint_of
from grader.core.verdicts import Verdict

Visibility = Literal["always", "after_due", "staff"]
Bilingual = Mapping[str, str]  # {"en": ..., "ru": ...}


@dataclass(frozen=True)
class Raised:
    """An exception of the student's code: its nearest built-in type and the innermost own line.

    ``text`` is for staff, and for students only in public tests: it can carry hidden inputs out.
    """

    type: str
    file: str | None = None
    line: int | None = None
    text: str = ""


@dataclass(frozen=True)
class TestResult:
    """One test: ``points`` of ``max_points``; ``seconds`` as measured outside.

    ``message`` is what the comparison said; it is for staff, and for students only in public tests.
    """

    __test__ = False  # pytest collects by name

    name: str
    verdict: Verdict
    points: Fraction
    max_points: Fraction
    seconds: float = 0.0
    title: Bilingual = field(default_factory=dict)
    hint: Bilingual = field(default_factory=dict)
    visibility: Visibility = "always"
    raised: Raised | None = None
    message: str = ""
    output: str = ""

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED


@dataclass(frozen=True)
class ImportFault:
    """The submission could not be imported: told once, whole, as long as nothing hidden was there.

    Where it was imported before, and not again in the sandbox that replaced the first, there is no ``traceback``, and
    it was not ``at_first``.
    """

    verdict: Verdict
    raised: Raised | None = None
    traceback: str = ""
    at_first: bool = False


@dataclass(frozen=True)
class ToCome:
    """The tests that run only after the deadline, while they have not run: how many, and what they are worth."""

    tests: int = 0
    points: Fraction = Fraction(0)


@dataclass(frozen=True)
class Withheld:
    """The tests that a reader is not shown: how many, what they gave, and what they are worth. They count."""

    tests: int = 0
    points: Fraction = Fraction(0)
    max_points: Fraction = Fraction(0)


@dataclass(frozen=True)
class Report:
    """The whole record. ``sandbox`` is the kind of isolation; ``provenance`` holds what reproduces it.

    ``cell_fault`` is what failed in a notebook after all was defined: it was graded all the same, and is told whole.
    As long as tests are ``to_come`` the score is a lower bound. A student's view of it has some tests ``withheld``; its
    score is the same. ``refusals`` tell once what the assignment forbids and the submission uses, whichever tests that
    cost.
    """

    assignment: str
    suite: Literal["public", "hidden"]
    tests: tuple[TestResult, ...]
    sandbox: str
    seconds: float
    import_fault: ImportFault | None = None
    cell_fault: Raised | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)
    staff_notes: tuple[str, ...] = ()
    to_come: ToCome = ToCome()
    withheld: Withheld = Withheld()
    refusals: tuple[Bilingual, ...] = ()

    @property
    def score(self) -> Fraction:
        return sum((t.points for t in self.tests), self.withheld.points)

    @property
    def max_score(self) -> Fraction:
        return sum((t.max_points for t in self.tests), self.to_come.points + self.withheld.max_points)

    @property
    def complete(self) -> bool:
        return self.to_come.tests == 0

    @property
    def refused(self) -> bool:
        """Whether nothing was run, because the assignment's rules forbid what the submission uses.

        A test that was refused while it ran took some time.
        """
        return bool(self.tests) and all(t.verdict is Verdict.REFUSED and not t.seconds for t in self.tests)

    @property
    def never_imported(self) -> bool:
        """Whether the submission could not be imported at all: then no test has run, and nothing hidden was given."""
        return self.import_fault is not None and self.import_fault.at_first

    @property
    def all_passed(self) -> bool:
        return all(t.passed for t in self.tests) and self.withheld.points == self.withheld.max_points


def number(value: Fraction) -> int | float:
    """An exact number as JSON has it: an integer where it is one."""
    return int(value) if value.denominator == 1 else float(value)


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain data; `from_json` is its inverse. Exact points stand beside the readable ones."""
    return {
        "assignment": report.assignment,
        "suite": report.suite,
        "score": number(report.score),
        "max_score": number(report.max_score),
        "sandbox": report.sandbox,
        "seconds": round(report.seconds, 3),
        "tests": [result_to_json(t) for t in report.tests],
        "import_fault": import_fault_to_json(report.import_fault),
        "cell_fault": raised_to_json(report.cell_fault),
        "provenance": dict(report.provenance),
        "staff_notes": list(report.staff_notes),
        "to_come": _to_come_to_json(report.to_come),
        "withheld": _withheld_to_json(report.withheld),
        "refusals": [dict(told) for told in report.refusals],
    }


def from_json(data: Mapping[str, Any]) -> Report:
    """The record that `to_json` wrote."""
    tests = tuple(result_from_json(t) for t in data["tests"])
    refusals: tuple[Bilingual, ...] = tuple(data.get("refusals", ()))
    if "refusals" not in data:  # of before
        tests, refusals = _as_of_now(tests)
    return Report(
        assignment=data["assignment"],
        suite=data["suite"],
        tests=tests,
        sandbox=data["sandbox"],
        seconds=data["seconds"],
        import_fault=import_fault_from_json(data["import_fault"]),
        cell_fault=raised_from_json(data.get("cell_fault")),
        provenance=data["provenance"],
        staff_notes=tuple(data["staff_notes"]),
        to_come=_to_come_from_json(data.get("to_come")),
        withheld=_withheld_from_json(data.get("withheld")),
        refusals=refusals,
    )


def _as_of_now(tests: tuple[TestResult, ...]) -> tuple[tuple[TestResult, ...], tuple[Bilingual, ...]]:
    """Results of before had their author's hint whatever the verdict, and each told the refusal."""
    tests, refusals = refused_once(tests)
    kept = (t if t.verdict is Verdict.REFUSED else replace(t, hint=hint_of(t.verdict, t.hint)) for t in tests)
    return tuple(kept), refusals


def refused_once(tests: tuple[TestResult, ...]) -> tuple[tuple[TestResult, ...], tuple[Bilingual, ...]]:
    """The tests without the sentences with which they were refused, and each of these sentences once.

    What is told of tests that are not shown to everybody stays with them.
    """
    refused = [t.hint for t in tests if t.verdict is Verdict.REFUSED and t.visibility == "always" and t.hint]
    once = [hint for place, hint in enumerate(refused) if hint not in refused[:place]]
    kept = (replace(t, hint={}, message="") if t.verdict is Verdict.REFUSED and t.hint in once else t for t in tests)
    return tuple(kept), tuple(once)


def student_view(report: Report, *, after_due: bool) -> Report:
    """What the student may see: of a hidden test neither text nor message nor output, of an exception one of a few
    types, and a time, in tenths of a second, only where it passed. How long all of it took is the sum of these.

    Of tests that are for staff alone, or due later, only the sum of their points is told: they count.
    """
    shown = {"always", "after_due"} if after_due else {"always"}
    if report.suite == "public":
        return replace(report, staff_notes=())
    tests = tuple(_hidden_from_student(t) for t in report.tests if t.visibility in shown)
    rest = [t for t in report.tests if t.visibility not in shown]
    withheld = Withheld(
        len(rest), sum((t.points for t in rest), Fraction(0)), sum((t.max_points for t in rest), Fraction(0))
    )
    return replace(
        report,
        tests=tests,
        seconds=round(sum(test.seconds for test in tests), 1),
        import_fault=_fault_for_student(report.import_fault),
        staff_notes=(),
        provenance={},
        withheld=withheld,
    )


def _hidden_from_student(test: TestResult) -> TestResult:
    hint: Bilingual = {} if test.passed else test.hint
    seconds = round(test.seconds, 1) if test.passed else 0.0
    return replace(test, raised=_without_text(test.raised), message="", output="", hint=hint, seconds=seconds)


def _without_text(raised: Raised | None) -> Raised | None:
    """Results of before tell classes' own names."""
    return None if raised is None else replace(raised, type=nearest(raised.type), text="")


def _fault_for_student(fault: ImportFault | None) -> ImportFault | None:
    """Whole, unless it came when tests had run: then it has no traceback."""
    return fault if fault is None or fault.traceback else replace(fault, raised=_without_text(fault.raised))


def result_to_json(test: TestResult) -> dict[str, Any]:
    return {
        "name": test.name,
        "verdict": str(test.verdict),
        "points": number(test.points),
        "max_points": number(test.max_points),
        "exact": [str(test.points), str(test.max_points)],
        "seconds": round(test.seconds, 4),
        "title": dict(test.title),
        "hint": dict(test.hint),
        "visibility": test.visibility,
        "raised": raised_to_json(test.raised),
        "message": test.message,
        "output": test.output,
    }


def result_from_json(data: Mapping[str, Any]) -> TestResult:
    points, max_points = (Fraction(text) for text in data["exact"])
    return TestResult(
        name=data["name"],
        verdict=Verdict(data["verdict"]),
        points=points,
        max_points=max_points,
        seconds=data["seconds"],
        title=data["title"],
        hint=data["hint"],
        visibility=data["visibility"],
        raised=raised_from_json(data["raised"]),
        message=data["message"],
        output=data["output"],
    )


def _to_come_to_json(to_come: ToCome) -> dict[str, Any]:
    return {"tests": to_come.tests, "points": number(to_come.points), "exact": str(to_come.points)}


def _withheld_to_json(withheld: Withheld) -> dict[str, Any]:
    points, most = withheld.points, withheld.max_points
    return {
        "tests": withheld.tests,
        "points": number(points),
        "max_points": number(most),
        "exact": [str(points), str(most)],
    }


def _withheld_from_json(data: Mapping[str, Any] | None) -> Withheld:
    """Reports that were stored before anything could be withheld say nothing of it."""
    return Withheld() if data is None else Withheld(data["tests"], *map(Fraction, data["exact"]))


def _to_come_from_json(data: Mapping[str, Any] | None) -> ToCome:
    """None: a report from before there were such tests."""
    return ToCome() if data is None else ToCome(data["tests"], Fraction(data["exact"]))


def raised_to_json(raised: Raised | None) -> dict[str, Any] | None:
    if raised is None:
        return None
    return {"type": raised.type, "file": raised.file, "line": raised.line, "text": raised.text}


def raised_from_json(data: Mapping[str, Any] | None) -> Raised | None:
    return None if data is None else Raised(**data)


def import_fault_to_json(fault: ImportFault | None) -> dict[str, Any] | None:
    if fault is None:
        return None
    return {
        "verdict": str(fault.verdict),
        "raised": raised_to_json(fault.raised),
        "traceback": fault.traceback,
        "at_first": fault.at_first,
    }


def import_fault_from_json(data: Mapping[str, Any] | None) -> ImportFault | None:
    if data is None:
        return None
    raised, at_first = raised_from_json(data["raised"]), data.get("at_first", False)
    return ImportFault(Verdict(data["verdict"]), raised, data["traceback"], at_first)
