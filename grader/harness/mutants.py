"""Mutants: the reference with a mistake that students make, put in one at a time. A proof hunts them with the suite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from grader.core.assignment import Assignment
from grader.core.mutants import Mutant, mutated
from grader.core.report import Report
from grader.core.submission import Submission
from grader.harness.intake import ENTRY
from grader.harness.judge import Wanted
from grader.harness.reach import Lines, Reach

ROOM = 2.0  # by which what is right must stay below the bounds of a test of cost, and what is wrong above

Grade = Callable[..., Report]  # submission, seed = 0, suite = "hidden", strictness = 1, wanted = None, traced = False


def mutate(sources: dict[str, bytes], mutant: Mutant) -> Submission:
    """The reference with a mutant's mistake in it. Raises AssignmentFault when its text does not stand there once."""
    return Submission(ENTRY, mutated(sources, mutant))


@dataclass(frozen=True)
class Known:
    """What gradings of the reference have told of a suite's tests.

    ``names`` are the required names that each asked for, ``lines`` those that it ran, ``seconds`` what it took.
    """

    names: Mapping[str, set[str]]
    lines: Mapping[str, Lines | None]
    seconds: Mapping[str, float]


class Hunt:
    """The hunt for mutants: each must be caught by a test, and each test must catch one. Several threads take part.

    ``tests`` are those of the suite. First a mutant meets the tests that run what it changes, the quickest first; those
    of which nobody knows yet that they catch something run in any case, those of the mutant's own row until one has
    failed. What was not caught then meets the whole suite; and a test that catches nothing meets every mutant.
    """

    def __init__(
        self, assignment: Assignment, sources: dict[str, bytes], grade: Grade, tests: list[str], known: Known
    ) -> None:
        self.tests = tests
        self.caught: dict[str, list[str]] = {}
        self.notes: dict[str, tuple[str, ...]] = {}
        self._sources = sources
        self._covers = assignment.covers
        self._reach = Reach({file: content.decode() for file, content in sources.items()}, known.lines)
        self._grade = grade
        self._known = known
        self._tried: dict[str, set[str]] = {}

    @property
    def useless(self) -> list[str]:
        """The tests that have not caught anything so far."""
        catching = {test for caught in list(self.caught.values()) for test in caught}
        return [test for test in self.tests if test not in catching]

    def related(self, mutant: Mutant) -> list[str]:
        """The tests that run what the mutant changes."""
        lines = self._reach.lines_of(mutant)
        return [test for test in self.tests if self._reach.runs(test, mutant.file, lines)]

    def by_related_tests(self, mutant: Mutant) -> None:
        """Raises AssignmentFault when the mutant's text does not stand in the reference once."""
        related, useless = self.related(mutant), set(self.useless)
        own = [test for test in related if self.is_of_row(test, mutant)]
        always = self._quickest_first(test for test in related if test in useless)
        self._run(mutant, Wanted(self._quickest_first(own or related), always))

    def by_other_tests(self, mutant: Mutant) -> None:
        """On what was not caught the suite runs whole, in its order: a test may see what an earlier one has left."""
        if not self.caught[mutant.name]:
            self._run(mutant, Wanted(until_caught=tuple(self.tests), always=tuple(self.useless)))
        else:
            tried = self._tried[mutant.name]
            self._run(mutant, Wanted(always=self._quickest_first(t for t in self.useless if t not in tried)))

    def by_all_tests(self, mutant: Mutant) -> list[str]:
        """The tests that catch it, of all."""
        wanted = Wanted(always=self._quickest_first(self.tests))
        return _catching(self._grade(mutate(self._sources, mutant), strictness=1 / ROOM, wanted=wanted))

    def is_of_row(self, test: str, mutant: Mutant) -> bool:
        """Whether a test asks for a name that stands for the mutant's row, as far as anybody knows."""
        names = set(self._covers.get(mutant.row, ()))
        return bool(names & self._known.names.get(test, names))

    def _run(self, mutant: Mutant, wanted: Wanted) -> None:
        """Have a mutant graded by these tests, and note which of them fail."""
        caught = self.caught.setdefault(mutant.name, [])
        self._tried.setdefault(mutant.name, set()).update(wanted.until_caught, wanted.always)
        if wanted.until_caught or wanted.always:
            report = self._grade(mutate(self._sources, mutant), strictness=1 / ROOM, wanted=wanted)
            caught += [test for test in _catching(report) if test not in caught]
            self.notes[mutant.name] = (*self.notes.get(mutant.name, ()), *report.staff_notes)

    def _quickest_first(self, tests: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(tests, key=lambda test: self._known.seconds.get(test, 0.0)))


def _catching(report: Report) -> list[str]:
    """The tests that a mutant fails itself: no skipped ones."""
    return [test.name for test in report.tests if not test.passed and test.verdict != "skipped"]
