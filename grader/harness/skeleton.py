"""A new assignment to begin from: small, complete and proved, so that every change can be proved again.

The example that it holds (standardised columns) is there to be replaced piece by piece.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from grader.core import catalogue
from grader.core.assignment import load_all
from grader.core.errors import BadInput

TEMPLATES = Path(__file__).parent / "skeleton_files"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MUTANTS = (
    (
        "sample-deviation",
        "The deviation divides by n - 1, and every value comes out too small.",
        "В отклонении делят на n - 1, и все значения получаются меньше нужных.",
        "deviation = X.std(axis=0)",
        "deviation = X.std(axis=0, ddof=1)",
    ),
    (
        "one-mean",
        "One mean is taken for all columns, so none of them gets mean 0.",
        "Среднее берётся одно на все столбцы, и ни у одного из них оно не становится нулём.",
        "X - X.mean(axis=0)",
        "X - X.mean()",
    ),
    (
        "constant-columns-forgotten",
        "A constant column is divided by its zero deviation and becomes NaN.",
        "Постоянный столбец делится на нулевое отклонение и превращается в NaN.",
        "np.ptp(X, axis=0) > 0",
        "np.ptp(X, axis=0) >= 0",
    ),
    (
        "in-place",
        "The caller's array is changed, and whatever is computed with it later is wrong.",
        "Меняется массив вызвавшего, и всё, что потом по нему считают, неверно.",
        "centred = X - X.mean(axis=0)",
        "X -= X.mean(axis=0)\n    centred = X",
    ),
    (
        "nan-not-checked",
        "NaN goes through without an error and spoils its whole column.",
        "NaN проходит без ошибки и портит весь свой столбец.",
        " or not np.isfinite(X).all()",
        "",
    ),
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
    def functions(self) -> dict[str, str]:
        """The function and module of each row: called as the assignment for one row, else as the rows."""
        names = [row.partition(".")[2] for row in self.rows] if len(self.rows) > 1 else [self.folder.replace("-", "_")]
        return dict(zip(self.rows, names, strict=True))


def files(plan: Plan) -> dict[str, str]:
    """Path below the checkout -> text. Raises BadInput for a name or a row that cannot be."""
    _check(plan)
    place, words = f"assignments/{plan.name}", _words(plan)
    made = {
        f"{place}/{name}": _filled(_template(name), words)
        for name in (
            "assignment.toml",
            "statement.en.md",
            "statement.ru.md",
            "mutants.toml",
            "questions.toml",
            "calls.toml",
            "terms.toml",
        )
    }
    for name in ("starter.py", "starter.ru.py"):
        made[f"{place}/{name}"] = _of_all_rows(name, plan)
    made[f"{place}/accepted/in_plain_python.py"] = _of_all_rows("accepted.py", plan)
    for row, function in plan.functions.items():
        own = words | {"function": function, "row": row}
        made |= {
            f"{place}/public/test_{function}.py": _filled(_template("public.py"), own),
            f"{place}/hidden/test_{function}.py": _filled(_template("hidden.py"), own),
            f"reference/{plan.lecture}/{function}.py": _filled(_template("reference.py"), own),
            f"tests/reference/{plan.lecture}/test_{function}.py": _filled(_template("oracle.py"), own),
        }
    return made


def _template(name: str) -> str:
    return (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")


def _of_all_rows(name: str, plan: Plan) -> str:
    """One file with a function for each row, below what they share."""
    head, mark, function = _template(name).partition("def {{function}}")
    words, functions = _words(plan), plan.functions.values()
    parts = [_filled(mark + function, words | {"function": own}).rstrip() for own in functions]
    return _filled(head, words) + "\n\n\n".join(parts) + "\n"


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
    titles, functions = catalogue.titles(), plan.functions
    return {
        "kind": plan.kind,
        "covers": "\n".join(f'"{row}" = ["{function}"]' for row, function in functions.items()),
        "required": "\n".join(f'{name} = "reference.{plan.lecture}.{name}:{name}"' for name in functions.values()),
        "environment": plan.environment,
        "first": next(iter(functions.values())),
        "array": "torch.tensor" if plan.environment == "torch" else "np.array",
        "title_en": titles[plan.rows[0]]["en"],
        "title_ru": titles[plan.rows[0]]["ru"],
        "lecture": plan.lecture,
        "name": plan.folder,
        "signatures": ", ".join(f"`{name}(X) -> Z`" for name in functions.values()),
        "one": str(len(functions)),
        "two": str(2 * len(functions)),
        "mutants": "\n".join(_mutants(row, name, plan) for row, name in functions.items()),
    }


def _mutants(row: str, function: str, plan: Plan) -> str:
    """The mutants of a row's example, since each row needs three."""
    blocks = [f'["{row}"]\nfile = "reference/{plan.lecture}/{function}.py"\n']
    for name, *texts in _MUTANTS:
        unique = name if len(plan.rows) == 1 else f"{name}-in-{function.replace('_', '-')}"
        fields = zip(("why.en", "why.ru", "find", "replace"), texts, strict=True)
        lines = [f"{field} = {json.dumps(text, ensure_ascii=False)}" for field, text in fields]
        blocks.append("\n".join([f'["{row}".{unique}]', *lines]) + "\n")
    return "\n".join(blocks)


def _lecture_title(package: str) -> str:
    lecture = next(lecture for lecture in catalogue.lectures() if lecture.package == package)
    return f"Lecture {lecture.number}: {lecture.title['en'][0].lower()}{lecture.title['en'][1:]}"


def _filled(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{{" + name + "}}", value)
    return text
