"""What is read of a submission before it runs, and the sentences with which it is refused: what is forbidden, why what
may hide it is too, and what to write.

In both languages, since students read them as the tests' hints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from grader.core.assignment import Assignment
from grader.core.errors import BadInput
from grader.core.report import Bilingual
from grader.core.submission import Submission
from grader.harness.outline.selfcheck import without
from grader.harness.static import Outline, Use, forbidden, of_the_grader, outlines

SHOWN = 5
_FORBIDS = ("The assignment forbids {}.", "В этом задании нельзя использовать {}.")

_WHY = {
    "computed": (
        "`{name}` with a name that is computed may read anything of a library; write the name out, as in `np.mean`",
        "`{name}` с вычисляемым именем может прочитать что угодно; напишите имя прямо, например `np.mean`",
    ),
    "attribute": (
        "`{name}` gives access to everything that a module or a function holds; name what you need, "
        "or use an attribute of your own object",
        "`{name}` открывает всё, что есть в модуле или функции; назовите то, что нужно, "
        "или возьмите атрибут своего объекта",
    ),
    "reflection": (
        "`{name}` can reach any name of a library without its being written; import what you need and name it",
        "через `{name}` можно добраться до любого имени библиотеки, не написав его; импортируйте нужное и назовите",
    ),
    "module": (
        "the module `{name}` can reach any name of a library without its being written; do without it",
        "модуль `{name}` позволяет добраться до любого имени библиотеки, не написав его; обойдитесь без него",
    ),
    "private": (
        "`{name}` is a private part of a library, and what it holds cannot be told; use the library's public names",
        "`{name}` — внутренняя часть библиотеки, и что в ней есть, неизвестно; берите открытые имена библиотеки",
    ),
    "relative": (
        "a relative import of `{name}`, of which your files have no module; write an ordinary import",
        "относительный импорт `{name}`, но среди ваших файлов такого модуля нет; напишите обычный импорт",
    ),
    "format": (
        "`{name}` with fields that read attributes of a library; write an f-string",
        "`{name}` с полями, которые читают атрибуты библиотеки; напишите f-строку",
    ),
    "pattern": (
        "a class pattern with positional parts on something of a library; compare with `isinstance`",
        "образец класса с позиционными частями для объекта библиотеки; сравните через `isinstance`",
    ),
    "size": (
        "these files are too large or too entangled for their names to be followed; write them simpler",
        "эти файлы слишком велики или запутаны, чтобы проследить имена; напишите проще",
    ),
}


@dataclass(frozen=True)
class Reading:
    """What runs of a submission: its files without their self-checks; nothing of it where there is a ``refusal``."""

    runs: Submission
    refusal: Bilingual = field(default_factory=dict)


def read(submission: Submission, assignment: Assignment, *, known: bool = False) -> Reading:
    """What is read of a submission before it runs. One that is ``known`` was read before, and is not refused now."""
    try:
        found = outlines(dict(sorted(submission.files.items())), follow=not known)
    except BadInput as error:  # nobody can tell what it uses
        return Reading(submission, {code: error.told(code) for code in ("en", "ru")} if assignment.forbids else {})
    emptied = {path: without(source, found[path].self_checks) for path, source in submission.files.items()}
    return Reading(replace(submission, files=emptied), {} if known else _refusal(submission, assignment, found))


def _refusal(submission: Submission, assignment: Assignment, found: Mapping[str, Outline]) -> Bilingual:
    """Why the submission is refused, a sentence in each language; empty when it is not."""
    grader = [(path, use) for path, one in found.items() for use in of_the_grader(one)]
    if grader:
        return _sentence(
            "A submission cannot use the grader: {}.", "Решение не может пользоваться проверяющей программой: {}.",
            submission, grader,
        )  # fmt: skip
    modules, names = assignment.forbidden_modules, assignment.forbidden_names
    libraries = assignment.libraries
    uses = [(path, use) for path, one in found.items() for use in forbidden(one, modules, names, libraries)]
    if plain := [(path, use) for path, use in uses if not use.hides]:
        return _sentence(*_FORBIDS, submission, plain)
    if not uses:
        return {}
    path, use = uses[0]
    what = ", ".join(assignment.forbids[:3])
    english, russian = (text.format(name=use.name) for text in _WHY[use.hides])
    return {
        "en": f"{submission.place(path, use.line)}: {english}. (The assignment forbids {what}, "
        "and before your code runs it is read whether it uses that.)",
        "ru": f"{submission.place(path, use.line, 'ru')}: {russian}. (В этом задании запрещено: {what}; "
        "до запуска по тексту проверяется, что решение этим не пользуется.)",
    }


def reached(submission: Submission, name: str, file: str, line: int | None) -> Bilingual:
    """The same sentence for a name that the submission reached while it ran."""
    return {
        code: text.format(f"{name} ({submission.place(file, line, code)})")
        for code, text in zip(("en", "ru"), _FORBIDS, strict=True)
    }


def _sentence(english: str, russian: str, submission: Submission, uses: Iterable[tuple[str, Use]]) -> Bilingual:
    shown = list(uses)[:SHOWN]
    return {
        code: text.format(", ".join(f"{use.name} ({submission.place(path, use.line, code)})" for path, use in shown))
        for code, text in (("en", english), ("ru", russian))
    }
