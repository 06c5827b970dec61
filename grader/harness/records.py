"""The record of a proof: `proof.toml` in an assignment's folder tells what was proved, and of which files.

It holds as long as nothing has changed that the proof depends on: the files of the assignment (but for the picture and
the glossary's terms, on which no run depends), the references, the code that proves (both by their syntax trees,
without docstrings and comments), and the first number of the libraries' versions. What it does not see: newer versions
of a library below that number, another Python, another machine. So a part of the assignments is proved anew at every
commit, all of them in turn (`due`).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from grader.core.assignment import RECORD, Assignment
from grader.core.editions import reference_sha256
from grader.core.fingerprint import of_code, of_tree, of_value
from grader.core.syntax import parse
from grader.harness.proof import SEEDS as FEW
from grader.harness.proof import Proof

SEEDS, SEEDS_OF_TRAINING = 300, 50  # of a proof that is recorded
SHARE = 10  # of the assignments with a record, one in so many is proved anew
_HEAD = "# What was proved of this assignment, and of which files. `grader verify --record` writes it.\n"
_PROVING = (
    *("grader.harness.proof", "grader.harness.nursery", "grader.harness.forked", "grader.harness.process"),
    *(f"grader.testing.{name}" for name in ("corpora", "inputs", "twins")),  # which suites import, and no other code
)
# What it finds wrong needs no run, so it is told of every assignment at every commit.
_NOT_PROVING = ("grader.harness.folder",)
_LIBRARIES = {
    "numpy": ("numpy", "pytest"),
    "sklearn": ("numpy", "pytest", "scikit-learn", "scipy"),
    "torch": ("numpy", "pytest", "torch"),
}
_NOT_PROVED = (RECORD, "figure.py", "figures", "terms.toml")  # what no run depends on
_GRADER = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Record:
    """What a proof has told: the points and tests of the suite, how many mutants it caught, from how many seeds the
    reference was graded, and how many seconds it took.

    ``caught`` names for each mutant tests that catch it, every test at least once: the next proof tries these first,
    whether the record holds or not. It saves time and decides nothing.
    """

    sha256: str
    points: float
    tests: int
    mutants: int
    accepted: int
    seeds: int
    seconds: int
    caught: dict[str, list[str]]


def proof_sha256(assignment: Assignment) -> str:
    """One hash over all that a proof of the assignment depends on."""
    folder = assignment.folder
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    own = {name: _of_file(path) for name, path in paths.items() if not _is_left_out(name)}
    proving = {module: of_code(module, _GRADER, but=_NOT_PROVING) for module in _PROVING}
    libraries = {name: _major(name) for name in _LIBRARIES[assignment.environment]}
    return of_value({"own": own, "sources": reference_sha256(assignment), "proving": proving, "libraries": libraries})


def read(assignment: Assignment) -> Record | None:
    """The record beside an assignment; None where there is none that can be read."""
    try:
        return Record(**tomllib.loads((assignment.folder / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def valid(assignment: Assignment) -> Record | None:
    """The record that still holds; None where there is none."""
    record = read(assignment)
    return record if record is not None and record.sha256 == proof_sha256(assignment) else None


def write(assignment: Assignment, proof: Proof) -> None:
    """Record a proof without problems. From how many seeds an earlier one was made is kept while it holds."""
    before = valid(assignment)
    seeds = max(proof.seeds, before.seeds if before is not None else 0)
    figures = (proof.max_score, proof.tests, proof.mutants, proof.accepted, seeds, round(proof.seconds))
    told = asdict(Record(proof_sha256(assignment), *figures, proof.confirmation))
    caught = told.pop("caught")
    lines = [f"{name} = {json.dumps(value)}" for name, value in told.items()]
    lines += ["", "[caught]", *(f"{json.dumps(name)} = {json.dumps(tests)}" for name, tests in caught.items())]
    (assignment.folder / RECORD).write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def caught_before(assignment: Assignment) -> dict[str, list[str]]:
    """Which tests caught each mutant when the assignment was recorded; nothing where nobody knows."""
    record = read(assignment)
    return {} if record is None else record.caught


def seeds_of(assignment: Assignment) -> int:
    """From how many seeds the reference of a new or changed assignment is graded: fewer where something trains."""
    return SEEDS_OF_TRAINING if assignment.trains else SEEDS


def seeds_to_record(assignment: Assignment) -> int:
    """From how many seeds to prove an assignment for its record: few where that holds, and was made from enough."""
    before = valid(assignment)
    return FEW if before is not None and before.seeds >= seeds_of(assignment) else seeds_of(assignment)


def due(assignments: Iterable[Assignment], commit: str) -> list[str]:
    """The names of the assignments that are to be proved at a commit: those without a valid record, and some others."""
    recorded = {assignment.name: valid(assignment) is not None for assignment in assignments}
    again = in_turn([name for name, holds in recorded.items() if holds], commit)
    return [name for name, holds in recorded.items() if not holds or name in again]


def in_turn(names: Collection[str], commit: str) -> set[str]:
    """A part of the names, at least one; at another commit others."""
    order = sorted(names, key=lambda name: hashlib.sha256(f"{commit} {name}".encode()).digest())
    return set(order[: -(-len(order) // SHARE)])


def _is_left_out(name: str) -> bool:
    return name.partition("/")[0] in _NOT_PROVED or "__pycache__" in name.split("/")


def _of_file(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".py":
        with suppress(SyntaxError, ValueError):
            return of_tree(parse(content))
    return hashlib.sha256(content).hexdigest()


def _major(library: str) -> str:
    try:
        return version(library).partition(".")[0]
    except PackageNotFoundError:
        return ""
