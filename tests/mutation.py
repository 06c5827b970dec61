"""``make mutation ASSIGNMENTS="clustering/kmeans …"``: changes references mechanically; tells what no hidden test sees.

The mutants of an assignment are the mistakes that its author thought of; these are the small changes that a
program can think of (cosmic-ray's operators). Only definitions that the required names lead to are changed: no
texts of errors, and not the checks of arguments that all references share, which have tests of their own. What
survives is either a hole in the suite or the same function written otherwise: a person decides. It takes minutes
an assignment and is no part of the tests.
"""

from __future__ import annotations

import ast
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import count, groupby

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

from grader.core.assignment import Assignment, assignments_folder, load, names
from grader.core.errors import OurFault
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.grading import Ahead, Judges, judges
from grader.harness.intake import ENTRY
from grader.harness.judge import Order, Wanted
from grader.harness.mutants import Known
from grader.harness.process import ProcessSandboxes
from grader.harness.proof import traced
from grader.harness.reach import Reach
from grader.harness.reference import reference_files
from grader.harness.sandbox import SandboxSource

FOLDER = assignments_folder()
ROOT = FOLDER.parent  # where the references lie as well
BINARY = (
    "Add_Sub",
    "Sub_Add",
    "Mul_Div",
    "Div_Mul",
    "Pow_Mul",
    "FloorDiv_Div",
    "Mod_FloorDiv",
    "BitAnd_BitOr",
    "BitOr_BitAnd",
)
COMPARISON = ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")
UNARY = ("Delete_USub", "Delete_Invert", "Delete_Not")
OTHERS = ("OrWithAnd", "AndWithOr", "TrueWithFalse", "FalseWithTrue", "BreakWithContinue", "ContinueWithBreak")
OPERATORS = (
    *(f"ReplaceBinaryOperator_{change}" for change in BINARY),
    *(f"ReplaceComparisonOperator_{change}" for change in COMPARISON),
    *(f"ReplaceUnaryOperator_{change}" for change in UNARY),
    *(f"Replace{change}" for change in OTHERS),
    *("NumberReplacer", "AddNot", "ZeroIterationForLoop"),
)
SHARED = "reference/checks/"
TRIES = 3  # a reference that somebody edits meanwhile starts the judges again, and ends those at work


@dataclass(frozen=True)
class Change:
    """One file with a change in one line."""

    path: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.line:>6}  {self.before.strip()}\n    =>  {self.after.strip()}"


def survivors(assignment: Assignment) -> tuple[int, list[Change]]:
    """How many changes there are, and those that no hidden test sees, file by file."""
    sources = reference_files(assignment, ROOT)
    reached = lines_reached(sources, assignment.required.values())
    own = sorted(path for path in reached if not path.startswith(SHARED))
    tried = [change for path in own for change in changes(path, sources[path].decode(), reached[path])]
    with (
        judges(FOLDER, [assignment.name]) as ready,
        closing(Ahead(ProcessSandboxes(), assignment.environment)) as source,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        known = traced(assignment, ready, source, ROOT)
        reach = Reach({path: content.decode() for path, content in sources.items()}, known.lines)
        search = Search(assignment.name, sources, ready, source, reach, known)
        lives = list(pool.map(search.survives, tried))
    return len(tried), [change for change, alive in zip(tried, lives, strict=True) if alive]


@dataclass(frozen=True)
class Search:
    """For a test that sees a change: first among those that run the changed line, then among the others."""

    assignment: str
    sources: dict[str, bytes]
    judges: Judges
    source: SandboxSource
    reach: Reach
    known: Known

    def survives(self, change: Change) -> bool:
        """Whether the reference with this change passes every hidden test."""
        lines = self.reach.lines_at(change.path, change.line)
        tests = sorted(self.known.lines, key=lambda test: self.known.seconds[test])
        near = tuple(test for test in tests if self.reach.runs(test, change.path, lines))
        far = tuple(test for test in tests if test not in near)
        return all(self._passes(change, some) for some in (near, far) if some)

    def _passes(self, change: Change, tests: tuple[str, ...]) -> bool:
        files = {**self.sources, change.path: change.source.encode()}
        order = Order(self.assignment, Submission(ENTRY, files), "hidden", "mutation", wanted=Wanted(tests))
        for attempt in range(TRIES):
            try:
                report = self.judges.grade(order, self.source)
            except OurFault:
                if attempt + 1 == TRIES:
                    raise
            else:
                return all(test.passed or test.verdict == Verdict.SKIPPED for test in report.tests)
        return False


def changes(path: str, source: str, reached: set[int]) -> Iterator[Change]:
    """Every change that an operator makes in the lines reached, each once."""
    seen = {without_annotations(source)}
    for operator in (get_operator(f"core/{name}")() for name in OPERATORS):
        for occurrence in count():
            changed = mutate_code(source, operator, occurrence)
            if changed is None:
                break
            meaning = without_annotations(changed)
            if meaning is None or meaning in seen:
                continue
            seen.add(meaning)
            pairs = zip(source.splitlines(), changed.splitlines(), strict=True)
            line, before, after = next((n, a, b) for n, (a, b) in enumerate(pairs, 1) if a != b)
            if line in reached:
                yield Change(path, line, before, after, changed)


def without_annotations(source: str) -> str | None:
    """What a source means, since annotations are never evaluated; None for what is no Python (``{*table}``)."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
    return ast.dump(tree)


def lines_reached(sources: dict[str, bytes], targets: Iterable[str]) -> dict[str, set[int]]:
    """Path -> the lines of all top-level definitions that ``package.module:name`` lead to by names they mention."""
    trees = {path: ast.parse(source) for path, source in sources.items()}
    waiting = {(module, name.partition(".")[0]) for module, _, name in (target.partition(":") for target in targets)}
    lines: dict[str, set[int]] = defaultdict(set)
    done: set[tuple[str, str]] = set()
    while waiting - done:
        module, name = place = (waiting - done).pop()
        done.add(place)
        path = module.replace(".", "/") + ".py"
        for statement in trees[path].body if path in trees else ():
            if isinstance(statement, ast.ImportFrom):
                waiting.update(
                    (statement.module or "", a.name) for a in statement.names if name == (a.asname or a.name)
                )
            elif name in names_bound(statement):
                lines[path] |= lines_of(statement)
                waiting.update((module, node.id) for node in ast.walk(statement) if isinstance(node, ast.Name))
    return lines


def names_bound(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def lines_of(statement: ast.stmt) -> set[int]:
    """The lines of a statement, without those that only raise an error."""
    raising = [node for node in ast.walk(statement) if isinstance(node, ast.Raise)]
    return _span(statement).difference(*(_span(node) for node in raising))


def _span(node: ast.stmt) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def main(wanted: list[str]) -> None:
    for name in wanted or names(FOLDER):
        tried, alive = survivors(load(name, FOLDER))
        share = 1 - len(alive) / tried if tried else 1
        print(f"{name}: {tried - len(alive)} of {tried} changes are seen ({share:.0%})", flush=True)
        for path, those in groupby(alive, key=lambda change: change.path):
            print(f"  {path}", *sorted(those, key=lambda change: change.line), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
