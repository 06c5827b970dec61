"""What a submission's files need of the environment that it is graded in, and the names that they must leave to it.

Said before anything runs: a library that is not there, where the submission cannot be imported without it; and a
helper module that nobody would ever import, because Python's or a library's own of that name is found first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from grader.core.assignment import Assignment
from grader.core.environments import MODULES, STOOD_IN_FOR, is_pythons, lacks, written
from grader.core.errors import BadInput
from grader.core.forbidden import within
from grader.core.report import Bilingual
from grader.core.submission import Submission
from grader.harness.static import GRADER, Import, Outline

_SHOWN = 5


def check_helpers(submission: Submission, assignment: Assignment) -> None:
    """Raise BadInput for a module beside the entry that is called as one that Python or a library has.

    The entry may be called as it likes: it is imported by its path.
    """
    for path in submission.files:
        name = path.partition("/")[0].removesuffix(".py")
        if path == submission.entry or not (_is_taken(name, assignment.environment)):
            continue
        raise BadInput(
            f"{path}: Python or a library of the environment has a module called {name}, and that one would be "
            "imported instead of yours. Give yours another name.",
            ru=f"{path}: модуль {name} уже есть в Python или в библиотеке окружения, и импортировался бы он, а не ваш. "
            "Назовите свой модуль иначе.",
        )


def _is_taken(name: str, environment: str) -> bool:
    return name == GRADER or is_pythons(name) or name in MODULES[environment]


def check_libraries(
    submission: Submission, found: Mapping[str, Outline], assignment: Assignment
) -> tuple[Bilingual, ...]:
    """Raise BadInput for a library without which the submission cannot be imported, and which is not there.

    Notices for those that are needed only where they are used, and for those that a notebook gets a stand-in for.
    What the assignment forbids is told by whoever reads that.
    """
    reached = _reached(submission.entry, found)
    fatal: list[tuple[str, Import]] = []
    notices: dict[str, tuple[str, Import]] = {}
    for path, one in _absent(submission, found, assignment):
        root = one.name.partition(".")[0]
        stood_in = submission.entry.endswith(".ipynb") and root in STOOD_IN_FOR
        sure = one.sure and path in reached and not _may_fail(submission, found, assignment, path, one.line)
        if sure and not stood_in:
            fatal.append((path, one))
        else:
            notices.setdefault(root, (path, one))
    if fatal:
        raise _lacking(submission, assignment, fatal[0])
    shown = list(notices.values())[:_SHOWN]
    return tuple(_notice(submission, assignment, path, one) for path, one in shown)


def _absent(
    submission: Submission, found: Mapping[str, Outline], assignment: Assignment
) -> Iterator[tuple[str, Import]]:
    """What is imported of libraries that the environment does not have: no own module, and not forbidden either."""
    own = {path.partition("/")[0].removesuffix(".py") for path in submission.files} | {"solution"}
    for path, outline in found.items():
        for one in outline.imports:
            root = one.name.partition(".")[0]
            if root in own or root == GRADER or not lacks(assignment.environment, root):
                continue
            if not any(within(one.name, name) for name in assignment.forbids):
                yield path, one


def _reached(entry: str, found: Mapping[str, Outline]) -> set[str]:
    """The files that are sure to be imported with the entry."""
    files = {_module_name(path): path for path in found}
    reached, pending = {entry}, [entry]
    while pending:
        for one in found[pending.pop()].imports:
            parts = one.name.split(".")
            for depth in range(1, len(parts) + 1 if one.sure else 0):
                path = files.get(".".join(parts[:depth]))
                if path is not None and path not in reached:
                    reached.add(path)
                    pending.append(path)
    return reached


def _module_name(path: str) -> str:
    name = ".".join(PurePosixPath(path).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _may_fail(
    submission: Submission, found: Mapping[str, Outline], assignment: Assignment, path: str, line: int
) -> bool:
    """Whether this is a cell of a notebook after all that defines what is asked for: then it may fail."""
    if not path.endswith(".ipynb"):
        return False
    lines = found[path].lines
    last = max((lines[name] for name in assignment.required if name in lines), default=None)
    return last is not None and submission.cell_of(path, line) > submission.cell_of(path, last)


def _lacking(submission: Submission, assignment: Assignment, what: tuple[str, Import]) -> BadInput:
    path, one = what
    root, environment = one.name.partition(".")[0], assignment.environment
    return BadInput(
        f"{submission.place(path, one.line)}: the environment {environment} of {assignment.name} has no {root}, so "
        f"your solution could not be imported. It has {written(environment)}. If {root} is a file of yours, upload a "
        ".zip with both; if not, remove the import.",
        ru=f"{submission.place(path, one.line, 'ru')}: в окружении {environment} задания {assignment.name} нет {root}, "
        f"и решение не удалось бы импортировать. Там есть {written(environment)}. Если {root} — ваш файл, загрузите "
        "архив .zip с обоими; если нет, уберите этот import.",
    )


def _notice(submission: Submission, assignment: Assignment, path: str, one: Import) -> Bilingual:
    root = one.name.partition(".")[0]
    en, ru = (submission.place(path, one.line, language) for language in ("en", "ru"))
    if submission.entry.endswith(".ipynb") and root in STOOD_IN_FOR:
        return {
            "en": f"{en}: the environment has no {root}; while the notebook is graded, nothing is drawn or shown.",
            "ru": f"{ru}: в окружении нет {root}; при проверке ноутбука ничего не рисуется и не показывается.",
        }
    return {
        "en": f"{en}: the environment {assignment.environment} has no {root}; what uses it fails there.",
        "ru": f"{ru}: в окружении {assignment.environment} нет {root}; то, что его использует, там не сработает.",
    }
