"""Mutants: the reference with a mistake that students make, put in one at a time. A proof hunts them with the suite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from grader.core.assignment import Assignment
from grader.core.mutants import Mutant, mutants, mutated
from grader.core.report import Report
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
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

    ``names`` are the required names that each asked for, ``lines`` those that it ran (where the reference was traced),
    ``seconds`` what it took.
    """

    names: Mapping[str, set[str]]
    lines: Mapping[str, Lines | None]
    seconds: Mapping[str, float]


class Hunt:
    """The hunt for mutants: each must be caught by a test, and each test must catch one. Several threads take part.

    ``tests`` are those of the suite. First a mutant meets the tests of which an earlier proof says that they catch it.
    Where that is not enough it meets those that run what it changes (as a traced reference has told), the quickest
    first: those of which nobody knows yet that they catch something run in any case, those of the mutant's own row
    until one has failed. What was not caught then meets the whole suite; and a test that catches nothing meets every
    mutant.
    """

    def __init__(self, assignment: Assignment, sources: dict[str, bytes], grade: Grade, tests: list[str]) -> None:
        self.tests = tests
        self.notes: dict[str, tuple[str, ...]] = {}
        self._mutants = mutants(assignment)
        self._caught: dict[str, dict[str, float]] = {mutant.name: {} for mutant in self._mutants}  # seconds to failure
        self._tried: dict[str, set[str]] = {mutant.name: set() for mutant in self._mutants}
        self._sources = sources
        self._covers = assignment.covers
        self._grade = grade
        self.learn(Known({}, {}, {}))

    def learn(self, known: Known) -> None:
        """Take in what gradings of the reference have told so far."""
        self._known, self._reach = known, _reach(self._sources, known)

    def caught(self, mutant: Mutant) -> list[str]:
        """The tests that have caught it, in the suite's order."""
        return sorted(self._caught[mutant.name], key=self.tests.index)

    @property
    def is_over(self) -> bool:
        """Whether every mutant is caught, and every test has caught one."""
        return all(self._caught.values()) and not self.useless

    @property
    def useless(self) -> list[str]:
        """The tests that have not caught anything so far."""
        catching = {test for caught in self._caught.values() for test in list(caught)}
        return [test for test in self.tests if test not in catching]

    def related(self, mutant: Mutant) -> list[str]:
        """The tests that run what the mutant changes."""
        lines = self._reach.lines_of(mutant)
        return [test for test in self.tests if self._reach.runs(test, mutant.file, lines)]

    def by_tests_of_before(self, mutant: Mutant, tests: Iterable[str]) -> None:
        """``tests`` have caught it in an earlier proof.

        Raises AssignmentFault when the mutant's text does not stand in the reference once.
        """
        self._run(mutant, Wanted(always=tuple(test for test in tests if test in self.tests)))

    def by_related_tests(self, mutant: Mutant) -> None:
        """Raises AssignmentFault when the mutant's text does not stand in the reference once."""
        related, useless = self.related(mutant), set(self.useless)
        own = [test for test in related if self.is_of_row(test, mutant)]
        first = () if self._caught[mutant.name] else self._quickest_first(own or related)
        self._run(mutant, Wanted(first, self._untried(mutant, (test for test in related if test in useless))))

    def by_other_tests(self, mutant: Mutant) -> None:
        """On what was not caught the suite runs whole, in its order: a test may see what an earlier one has left."""
        if not self._caught[mutant.name]:
            self._run(mutant, Wanted(until_caught=tuple(self.tests), always=tuple(self.useless)))
        else:
            self._run(mutant, Wanted(always=self._untried(mutant, self.useless)))

    def by_all_tests(self, mutant: Mutant) -> list[str]:
        """The tests that catch it, of all."""
        wanted = Wanted(always=self._quickest_first(self.tests))
        return list(_catching(self._grade(mutate(self._sources, mutant), strictness=1 / ROOM, wanted=wanted)))

    def is_of_row(self, test: str, mutant: Mutant) -> bool:
        """Whether a test asks for a name that stands for the mutant's row, as far as anybody knows."""
        names = set(self._covers.get(mutant.row, ()))
        return bool(names & self._known.names.get(test, names))

    def confirmation(self) -> dict[str, list[str]]:
        """For each mutant tests that catch it: few and quick ones, with every test that has caught something."""
        chosen: dict[str, list[str]] = {mutant.name: [] for mutant in self._mutants}
        for test in self.tests:
            catching = [(caught[test], name) for name, caught in self._caught.items() if test in caught]
            if catching:
                chosen[min(catching)[1]].append(test)
        for mutant in self._mutants:
            caught = self._caught[mutant.name]
            own = [test for test in caught if self.is_of_row(test, mutant)] or [*caught]
            if own and not set(own) & set(chosen[mutant.name]):
                chosen[mutant.name].append(min(own, key=lambda test: (caught[test], test)))
        return {name: sorted(tests, key=self.tests.index) for name, tests in chosen.items()}

    def _run(self, mutant: Mutant, wanted: Wanted) -> None:
        """Have a mutant graded by these tests, and note which of them fail.

        A test that runs out of time runs once more: on a busy machine anything may be late once.
        """
        self._tried[mutant.name].update(wanted.until_caught, wanted.always)
        if wanted.until_caught or wanted.always:
            report = self._graded(mutant, wanted)
            caught = _catching(report)
            if out_of_time := tuple(test.name for test in report.tests if test.verdict == Verdict.TIMEOUT):
                again = _catching(self._graded(mutant, Wanted(always=out_of_time)))
                caught = {test: took for test, took in caught.items() if test not in out_of_time or test in again}
            self._caught[mutant.name].update(caught)

    def _graded(self, mutant: Mutant, wanted: Wanted) -> Report:
        report = self._grade(mutate(self._sources, mutant), strictness=1 / ROOM, wanted=wanted)
        self.notes[mutant.name] = (*self.notes.get(mutant.name, ()), *report.staff_notes)
        return report

    def _untried(self, mutant: Mutant, tests: Iterable[str]) -> tuple[str, ...]:
        return self._quickest_first(test for test in tests if test not in self._tried[mutant.name])

    def _quickest_first(self, tests: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(tests, key=lambda test: self._known.seconds.get(test, 0.0)))


def _reach(sources: Mapping[str, bytes], known: Known) -> Reach:
    return Reach({file: content.decode() for file, content in sources.items()}, known.lines)


def _catching(report: Report) -> dict[str, float]:
    """The tests that a mutant fails itself (no skipped ones), and how long each took."""
    return {test.name: test.seconds for test in report.tests if not test.passed and test.verdict != "skipped"}
