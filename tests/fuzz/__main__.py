"""``python -m tests.fuzz [TARGET ...] --seconds N``: fuzz by coverage, each target in a process of its own.

What is found is written into tests/fuzz/found/TARGET, from where `test_fuzz.py` runs it ever after.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

FOUND = Path(__file__).parent / "found"
MEMORY_MIB = 2048
INPUT_BYTES = 1 << 16
INPUT_SECONDS = 20


@dataclass(frozen=True)
class Outcome:
    """``found`` are the inputs that broke something."""

    target: str
    runs: int
    found: tuple[Path, ...]
    log: str


@click.command()
@click.argument("targets", nargs=-1)
@click.option("--seconds", default=60, show_default=True, help="For each target.")
@click.option("--seed", default=1, show_default=True)
def main(targets: tuple[str, ...], seconds: int, seed: int) -> None:
    """Fuzz the TARGETs, or all."""
    from tests.fuzz.targets import TARGETS

    outcomes = [fuzz(name, seconds, seed) for name in targets or TARGETS]
    for outcome in outcomes:
        print(f"{outcome.target:15} {outcome.runs:>10,} inputs   {len(outcome.found)} found")
        for path in outcome.found:
            print(f"    {path}")
            print(outcome.log[-2000:])
    sys.exit(1 if any(outcome.found for outcome in outcomes) else 0)


def fuzz(name: str, seconds: int, seed: int, found: Path = FOUND) -> Outcome:
    """One target for a while."""
    place = found / name
    before = set(place.glob("*")) if place.is_dir() else set()
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="grader-fuzz-") as corpus:
        command = [sys.executable, "-m", "tests.fuzz.one", name, corpus, f"-artifact_prefix={place}/"]
        bounds = [f"-max_total_time={seconds}", f"-rss_limit_mb={MEMORY_MIB}", f"-max_len={INPUT_BYTES}"]
        done = subprocess.run(
            [*command, *bounds, f"-timeout={INPUT_SECONDS}", f"-seed={seed}", "-print_final_stats=1"],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=seconds + 300,
            cwd=Path(__file__).parents[2],
        )
    new = tuple(sorted(set(place.glob("*")) - before))
    if not any(place.iterdir()):
        place.rmdir()
    if done.returncode and not new:
        raise RuntimeError(f"{name} could not be fuzzed:\n{done.stderr[-3000:]}")
    return Outcome(name, _runs(done.stderr), new, done.stderr + done.stdout)


def _runs(log: str) -> int:
    """As libFuzzer tells in the end."""
    told = [line for line in log.splitlines() if line.startswith("stat::number_of_executed_units:")]
    return int(told[-1].split()[-1]) if told else 0


if __name__ == "__main__":
    main()
