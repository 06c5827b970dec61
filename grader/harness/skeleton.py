"""A new assignment to begin from: small, complete and proved, so that every change can be proved again.

The example that it holds (standardised columns) is there to be replaced piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.core import catalogue
from grader.core.assignment import load_all
from grader.core.errors import BadInput

TEMPLATES = Path(__file__).parent / "skeleton_files"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MUTANTS = (
    ("# ddof = 1.", "sample-deviation", "deviation = X.std(axis=0)", "deviation = X.std(axis=0, ddof=1)"),
    ("# One mean for all columns.", "one-mean", "X - X.mean(axis=0)", "X - X.mean()"),
    ("# Division by zero.", "constant-columns-forgotten", "np.ptp(X, axis=0) > 0", "np.ptp(X, axis=0) >= 0"),
    ("# Written into X.", "in-place", "centred = X - X.mean(axis=0)", "X -= X.mean(axis=0)\\n    centred = X"),
    ("# NaN is computed with.", "nan-not-checked", " or not np.isfinite(X).all()", ""),
)


@dataclass(frozen=True)
class Plan:
    """What is to be made: ``name`` is LECTURE/NAME, ``rows`` the catalogue's rows that it covers."""

    name: str
    rows: tuple[str, ...]
    kind: str = "task"
    environment: str = "numpy"

    @property
    def lecture(self) -> str:
        return self.name.partition("/")[0]

    @property
    def folder(self) -> str:
        return self.name.partition("/")[2]

    @property
    def function(self) -> str:
        return self.folder.replace("-", "_")


def files(plan: Plan) -> dict[str, str]:
    """Path below the checkout -> text. Raises BadInput for a name or a row that cannot be."""
    _check(plan)
    place = f"assignments/{plan.name}"
    sources = {
        f"{place}/assignment.toml": "assignment.toml",
        f"{place}/statement.en.md": "statement.en.md",
        f"{place}/statement.ru.md": "statement.ru.md",
        f"{place}/starter.py": "starter.py",
        f"{place}/starter.ru.py": "starter.ru.py",
        f"{place}/public/test_{plan.function}.py": "public.py",
        f"{place}/hidden/test_{plan.function}.py": "hidden.py",
        f"{place}/mutants.toml": "mutants.toml",
        f"{place}/accepted/in_plain_python.py": "accepted.py",
        f"reference/{plan.lecture}/{plan.function}.py": "reference.py",
        f"tests/reference/{plan.lecture}/test_{plan.function}.py": "oracle.py",
    }
    words = _words(plan)
    return {path: _filled((TEMPLATES / f"{source}.txt").read_text(), words) for path, source in sources.items()}


def write(plan: Plan, root: Path) -> list[str]:
    """Write the files below ``root``; their paths. Raises BadInput when one is there, and then writes none."""
    made = files(plan)
    covered = {row: assignment.name for assignment in load_all(root / "assignments") for row in assignment.covers}
    if others := [f"{row} ({covered[row]})" for row in plan.rows if row in covered]:
        raise BadInput(f"Another assignment covers {', '.join(others)}: each row belongs to one.")
    for package in (f"reference/{plan.lecture}", f"tests/reference/{plan.lecture}"):
        if not (root / package / "__init__.py").exists():
            made[f"{package}/__init__.py"] = (
                f'"""{_lecture_title(plan.lecture)}."""\n' if "tests" not in package else ""
            )
    taken = [path for path in made if (root / path).exists()]
    if taken:
        raise BadInput(f"{', '.join(taken)}: already there, and nothing was written. Choose another name.")
    for path, text in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return list(made)


def _check(plan: Plan) -> None:
    packages = {lecture.package: lecture for lecture in catalogue.lectures()}
    if plan.lecture not in packages or not _NAME.fullmatch(plan.folder):
        raise BadInput(
            f"{plan.name} cannot be: it is LECTURE/NAME, where LECTURE is one of {', '.join(packages)} and NAME is "
            "made of lower-case letters, digits and single dashes."
        )
    known = packages[plan.lecture].rows
    if not plan.rows or not set(plan.rows) <= set(known):
        raise BadInput(f"--row must name rows of this lecture: {', '.join(known)}.")


def _words(plan: Plan) -> dict[str, str]:
    titles = catalogue.titles()
    return {
        "kind": plan.kind,
        "covers": ", ".join(f'"{row}"' for row in plan.rows),
        "environment": plan.environment,
        "title_en": titles[plan.rows[0]]["en"],
        "title_ru": titles[plan.rows[0]]["ru"],
        "lecture": plan.lecture,
        "name": plan.folder,
        "module": plan.function,
        "function": plan.function,
        "rows": ", ".join(plan.rows),
        "mutants": _mutants(plan.rows, f"reference/{plan.lecture}/{plan.function}.py"),
    }


def _mutants(rows: Sequence[str], file: str) -> str:
    """The mutants of the example, for each row, since each needs three."""
    blocks = []
    for number, row in enumerate(rows):
        for comment, name, find, replace in _MUTANTS:
            unique = name if number == 0 else f"{name}-{number + 1}"
            block = [comment, "[[mutant]]", f'name = "{unique}"', f'row = "{row}"', f'file = "{file}"']
            blocks.append("\n".join([*block, f'find = "{find}"', f'replace = "{replace}"']))
    return "\n" + "\n\n".join(blocks)


def _lecture_title(package: str) -> str:
    lecture = next(lecture for lecture in catalogue.lectures() if lecture.package == package)
    return f"Lecture {lecture.number}: {lecture.title['en'][0].lower()}{lecture.title['en'][1:]}"


def _filled(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{{" + name + "}}", value)
    return text
