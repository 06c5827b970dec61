"""A new assignment to begin from: small, complete and proved, so that every change can be proved again.

The example that it holds (standardised columns, one module for each row) is there to be replaced piece by piece. Where
the environment is torch, it is about tensors.
"""

from __future__ import annotations

import builtins
import json
import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.core import catalogue
from grader.core.assignment import load_all
from grader.core.catalogue import Catalogue
from grader.core.errors import BadInput

TEMPLATES = Path(__file__).parent / "skeleton_files"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ONCE = (
    "assignment.toml",
    "statement.en.md",
    "statement.ru.md",
    "questions.toml",
    "calls.toml",
    "terms.toml",
)  # for all rows
_EACH_ROW = {  # a file with a part for each row -> what that part begins with, and what stands between two
    "starter.py": ("def {{function}}", "\n\n\n"),
    "starter.ru.py": ("def {{function}}", "\n\n\n"),
    "accepted.py": ("def {{function}}", "\n\n\n"),
    "mutants.toml": ('["{{row}}"]', "\n\n"),
}
_PLACES = {"accepted.py": "accepted/in_plain_python.py"}  # where it is not below the assignment under its own name
_USED = {  # names that the files use themselves
    *keyword.kwlist, *keyword.softkwlist, *dir(builtins), "np", "math", "pytest", "torch", "points", "title", "hint",
    "assert_close", "assert_refused", "call_unchanged", "batch_norm",
}  # fmt: skip
_FORBIDDEN = {
    "numpy": 'modules = ["sklearn", "scipy"]',
    "sklearn": 'names = ["sklearn.preprocessing", "scipy.stats"]',
    "torch": 'modules = ["sklearn", "scipy"]\nsets = ["normalisation"]',
}


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
    def functions(self) -> dict[str, str]:
        """The function and module of each row: called as the assignment for one row, else as the rows."""
        names = [row.partition(".")[2] for row in self.rows] if len(self.rows) > 1 else [self.folder.replace("-", "_")]
        return {row: f"{name}_" if name in _USED else name for row, name in zip(self.rows, names, strict=True)}


def write(plan: Plan, root: Path, assignments: str = "assignments") -> list[str]:
    """Write the files below ``root``; their paths. Raises BadInput when one is there, and then writes none.

    The assignments lie there in the folder of this name, and the references beside it.
    """
    known = catalogue.read(root / assignments)
    made = files(plan, known, assignments)
    covered = {row: assignment.name for assignment in load_all(root / assignments) for row in assignment.covers}
    if others := [f"{row} ({covered[row]})" for row in plan.rows if row in covered]:
        raise BadInput(f"Another assignment covers {', '.join(others)}: each row belongs to one.")
    made |= {path: text for path, text in _packages(plan, known).items() if not (root / path).exists()}
    taken = [path for path in made if (root / path).exists()]
    if taken:
        raise BadInput(f"{', '.join(taken)}: already there, and nothing was written. Choose another name.")
    for path, text in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return list(made)


def files(plan: Plan, known: Catalogue, assignments: str = "assignments") -> dict[str, str]:
    """Path -> text. Raises BadInput for a name or a row that cannot be."""
    _check(plan, known)
    place, words, rows = f"{assignments}/{plan.name}", _words(plan, known), list(_rows(plan, known))
    made = {f"{place}/{name}": _filled(_template(name, plan), words) for name in _ONCE}
    for name in _EACH_ROW:
        made[f"{place}/{_PLACES.get(name, name)}"] = _of_all_rows(name, plan, words, rows)
    for own in rows:
        function = own["function"]
        made |= {
            path: _filled(_template(name, plan), words | own)
            for name, path in (
                ("public.py", f"{place}/public/test_{function}.py"),
                ("hidden.py", f"{place}/hidden/test_{function}.py"),
                ("reference.py", own["file"]),
                ("oracle.py", f"tests/{known.references}/{plan.lecture}/test_{function}.py"),
            )
        }
    return made


def _packages(plan: Plan, known: Catalogue) -> dict[str, str]:
    """What makes packages of the folders of references, where they are new."""
    lecture = next(lecture for lecture in known.lectures if lecture.package == plan.lecture)
    title = lecture.title["en"].replace("\\", "").replace('"', "'")
    title = title[0].lower() + title[1:] if title[1:2].islower() else title
    return {
        f"{known.references}/__init__.py": '"""The references: one package a lecture."""\n',
        f"{known.references}/{plan.lecture}/__init__.py": f'"""Lecture {lecture.number}: {title}."""\n',
        f"tests/{known.references}/{plan.lecture}/__init__.py": "",
    }


def _template(name: str, plan: Plan) -> str:
    own = TEMPLATES / plan.environment / f"{name}.txt"
    return (own if own.exists() else TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")


def _of_all_rows(name: str, plan: Plan, words: dict[str, str], rows: Iterable[dict[str, str]]) -> str:
    """One file with a part for each row, below what they share."""
    begins, between = _EACH_ROW[name]
    head, mark, part = _template(name, plan).partition(begins)
    return _filled(head, words) + between.join(_filled(mark + part, words | own).rstrip() for own in rows) + "\n"


def _check(plan: Plan, known: Catalogue) -> None:
    packages = {lecture.package: lecture for lecture in known.lectures}
    if plan.lecture not in packages or not _NAME.fullmatch(plan.folder):
        raise BadInput(
            f"{plan.name} cannot be: it is LECTURE/NAME, where LECTURE is one of {', '.join(packages)} and NAME is "
            "made of lower-case letters, digits and single dashes."
        )
    rows = packages[plan.lecture].rows
    if not plan.rows or not set(plan.rows) <= set(rows):
        raise BadInput(f"--row must name rows of this lecture: {', '.join(rows)}.")
    if len(set(plan.rows)) < len(plan.rows):
        raise BadInput("--row names a row twice.")


def _words(plan: Plan, known: Catalogue) -> dict[str, str]:
    """What all files share."""
    title, functions, torch = known.titles[plan.rows[0]], plan.functions, plan.environment == "torch"
    package = f"{known.references}.{plan.lecture}"
    return {
        "kind": plan.kind,
        "covers": "\n".join(f'"{row}" = ["{function}"]' for row, function in functions.items()),
        "required": "\n".join(f'{name} = "{package}.{name}:{name}"' for name in functions.values()),
        "environment": plan.environment,
        "forbidden": _FORBIDDEN[plan.environment],
        "title_en": json.dumps(title["en"], ensure_ascii=False),
        "title_ru": json.dumps(title["ru"], ensure_ascii=False),
        "first": next(iter(functions.values())),
        "array": "torch.tensor" if torch else "np.array",
        "lecture": plan.lecture,
        "name": plan.folder,
        "signatures": ", ".join(f"`{name}(X) -> Z`" for name in functions.values()),
        "an_array": "a tensor" if torch else "an array",
        "an_array_ru": "тензор" if torch else "массив",
        "one": str(len(functions)),
        "two": str(2 * len(functions)),
    }


def _rows(plan: Plan, known: Catalogue) -> Iterable[dict[str, str]]:
    """What belongs to each row alone."""
    for row, function in plan.functions.items():
        yield {
            "row": row,
            "function": function,
            "module": f"{known.references}.{plan.lecture}.{function}",
            "file": f"{known.references}/{plan.lecture}/{function}.py",
            "in": "" if len(plan.rows) == 1 else f"-in-{function.strip('_').replace('_', '-')}",
        }


def _filled(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{{" + name + "}}", value)
    return text
