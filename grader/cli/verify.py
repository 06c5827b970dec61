"""``grader verify [ASSIGNMENT...]``: proves assignments."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from grader.cli import completion, stopping
from grader.cli.output import open_console, print_json, print_rows
from grader.core.assignment import ENVIRONMENTS, Assignment, assignments_folder, is_whole, load, names
from grader.core.errors import AssignmentFault, BadInput
from grader.core.mutants import fix as fix_mutants
from grader.core.mutants import misfits
from grader.harness import records, sandbox
from grader.harness.grading import Ahead, Judges, judges
from grader.harness.load import busy
from grader.harness.proof import SEEDS, Proof, prove
from grader.harness.reference import reference_files
from grader.harness.sandbox import Sandboxes, SandboxSource


@click.command()
@click.argument("assignments", nargs=-1, shell_complete=completion.assignments)
@click.option("--sandbox", "kind", default="process", show_default=True, help="docker, bubblewrap or process.")
@click.option(
    "--seeds",
    type=click.IntRange(1),
    help="From how many seeds the reference is graded (3; with --record 300, or 50 where something trains).",
)
@click.option("--record", is_flag=True, help="Write what is proved into proof.toml of each assignment.")
@click.option(
    "--load", "loaded", is_flag=True, help="Keep all processors busy meanwhile: limits that are too tight fail."
)
@click.option("--fix", is_flag=True, help="Write new texts of mutants where only names or spaces moved.")
@click.option("--json", "as_json", is_flag=True, help="Print the proofs as JSON.")
def verify(
    assignments: tuple[str, ...], kind: str, seeds: int | None, record: bool, loaded: bool, fix: bool, as_json: bool
) -> None:
    """Prove ASSIGNMENTS (all, when none is named).

    The reference and the accepted solutions get full marks, the starter none, every mutant is caught, no test is
    useless. A new or changed assignment is proved with --record, from many seeds: each draws other inputs. With
    --record, what has a record that still holds is proved from 3. The process sandbox will do, since everything that
    runs here is the authors' own.
    """
    folder = assignments_folder()
    if not is_whole():
        raise BadInput("Only a checkout can be verified: the student's installation has no references.")
    sandboxes, console = sandbox.find(kind), open_console(stderr=as_json)
    _check_mutants([load(name, folder) for name in assignments or names(folder)], folder.parent, fix=fix)
    with stopping.unwinding(), busy() if loaded else nullcontext():
        proofs = _proofs(assignments or names(folder), sandboxes, console, seeds, record)
    if as_json:
        print_json([proof.to_json() for proof in proofs])
    else:
        _print(proofs, console)
    raise click.exceptions.Exit(3 if any(proof.problems for proof in proofs) else 0)


def _check_mutants(assignments: list[Assignment], root: Path, *, fix: bool) -> None:
    """Raises AssignmentFault that lists all mutants whose texts do not fit the references, before anything runs."""
    unfit: list[str] = []
    for assignment in assignments:
        sources = reference_files(assignment, root)
        for name in fix_mutants(assignment, sources) if fix else ():
            click.echo(f"{assignment.name}: the text of {name} is written anew", err=True)
        unfit += [f"{assignment.name}: {told}" for told in misfits(assignment, sources)]
    if unfit:
        advice = "" if fix else "\nWhere only names or spaces moved, grader verify --fix writes the new texts."
        raise AssignmentFault("\n".join(unfit) + advice)


def _proofs(
    wanted: Sequence[str], sandboxes: Sandboxes, console: Console, seeds: int | None, record: bool
) -> list[Proof]:
    """The proofs in the order wanted. Assignments of one environment share their judges and sandboxes, which takes its
    libraries in once.
    """
    folder = assignments_folder()
    assignments = [load(name, folder) for name in wanted]
    proofs: dict[str, Proof] = {}
    for environment in ENVIRONMENTS:
        its = [assignment for assignment in assignments if assignment.environment == environment]
        if its:
            with (
                judges(folder, [assignment.name for assignment in its]) as ready,
                closing(Ahead(sandboxes, environment)) as source,
            ):
                for assignment in its:
                    with console.status(f"proving {assignment.name}"):
                        proofs[assignment.name] = _one(assignment, ready, source, seeds, record)
    return [proofs[name] for name in wanted]


def _one(assignment: Assignment, ready: Judges, source: SandboxSource, seeds: int | None, record: bool) -> Proof:
    seeds = seeds or (records.seeds_to_record(assignment) if record else SEEDS)
    root, before = assignments_folder().parent, records.caught_before(assignment)
    proof = prove(assignment, ready, source, root, seeds=seeds, before=before)
    if record and not proof.problems:
        records.write(assignment, proof)
    return proof


def _print(proofs: list[Proof], console: Console) -> None:
    """Narrow enough for a terminal of 80 columns; the rest is in --json."""
    headings = ("assignment", "", "points", "tests", "mutants", "time")
    rows = []
    for p in proofs:
        proved = Text("proved", "green") if not p.problems else Text("not proved", "red")
        points, caught = f"{p.reference_score:g}/{p.max_score:g}", f"{p.mutants_caught}/{p.mutants}"
        rows.append((p.assignment, proved, points, p.tests, caught, f"{p.seconds:.0f} s"))
    print_rows(console, headings, rows)
    for p in proofs:
        for problem in p.problems:
            console.print(Text(f"{p.assignment}: {problem}", style="red"))
