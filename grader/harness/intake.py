"""From an upload to a `Submission`: one module, one notebook, or a zip of these.

Whatever cannot be graded is refused here with a sentence that says what is wrong and what to do, and
nothing of it is stored. Whatever must be parsed for that, is parsed by other processes with limits of their own, of
which there are as many at once as the machine has processors.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from grader.core.assignment import Assignment
from grader.core.environments import PYTHON
from grader.core.errors import BadInput
from grader.core.lookalikes import foreign, lookalike
from grader.core.submission import Submission
from grader.core.text import clean
from grader.harness import names, needed, notebooks, parsers, unpacking
from grader.harness.bounds import DEFAULT
from grader.harness.static import NotPython, Outline, outlines
from grader.harness.unpacking import ENTRY, safe_name

__all__ = ["ENTRY", "accept", "read", "safe_name"]

_NOTEBOOK_COMMAND = re.compile(r"^[%!?]|\?$|^[\w., ]+=\s*[%!]")  # also `files = !ls` and `took = %timeit …`
_ROOT = Path(__file__).resolve().parents[2]
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from grader.harness.unpacking import main; main()"
_ANY_DATA = ("*.csv", "*.tsv", "*.npy", "*.npz", "*.txt", "*.json", "*.png", "*.jpg", "data/**")
_ALPHABETS = {"Cyrillic": "кириллическая", "Greek": "греческая"}


def accept(filename: str, content: bytes, assignment: Assignment, *, person: str = "") -> Submission:
    """The submission in an uploaded file, with a notice of the required names that it lacks. Raises BadInput: what is
    wrong, where, and what to do.

    Raises `parsers.NoPlace` when too many are being read just now; each ``person`` has one read at a time.
    """
    check_size(filename, len(content))
    with parsers.place(person):
        submission = read(filename, content, assignment.left_out, tuple(assignment.required))
        found = _outlines(submission)
        absent = _check_names(submission, found, assignment)
        needed.check_helpers(submission, assignment)
        notices = needed.check_libraries(submission, found, assignment)
    if absent:
        notices = (names.notice(submission.entry, absent), *notices)
    return replace(submission, notices=(*submission.notices, *notices))


def check_size(filename: str, size: int) -> None:
    """Raise BadInput for a file that is larger than one of its kind may be."""
    if PurePosixPath(filename).suffix.lower() == ".ipynb":
        most = DEFAULT.notebook_bytes
        en = "; clear the outputs of the notebook and save it"
        ru = "; очистите вывод ячеек ноутбука и сохраните его"
    else:
        most, en, ru = DEFAULT.upload_bytes, "", ""
    if size > most:
        raise BadInput(
            f"The file has {size:,} bytes; at most {most:,} are accepted{en}.",
            ru=f"В файле {size} байт; принимается не больше {most}{ru}.",
        )


def read(filename: str, content: bytes, data: Sequence[str] = _ANY_DATA, required: Sequence[str] = ()) -> Submission:
    """The files of an upload by its kind, without looking at what they define. Raises BadInput.

    A module is text, and is looked at here; an archive or a notebook is read by a process of its own. Of an archive
    files by the names of ``data`` are left out: without an assignment, which would tell them, whatever looks like data.
    """
    if PurePosixPath(filename).suffix.lower() not in (".zip", ".ipynb"):
        return unpacking.read(filename, content)
    asked = {"name": filename, "data": list(data), "required": list(required)}
    said = parsers.run([sys.executable, "-I", "-c", _CHILD, str(_ROOT)], json.dumps(asked).encode() + b"\n" + content)
    if said.code != 0 or not said.lines:
        raise _unreadable(clean(filename, limit=100), said.in_time)
    told = json.loads(said.lines[-1])
    if "refused" in told:
        en, ru = told["refused"]
        raise BadInput(en, ru=ru)
    files = {path: text.encode("latin-1") for path, text in told["files"].items()}
    return Submission(told["entry"], files, tuple(told["notices"]))


def _unreadable(name: str, in_time: bool) -> BadInput:
    if in_time:
        return BadInput(
            f"{name} cannot be read (too deeply nested?)", ru=f"{name} не читается (слишком глубокая вложенность?)"
        )
    return BadInput(f"{name} takes too long to read.", ru=f"{name} читается слишком долго.")


def _check_names(submission: Submission, found: Mapping[str, Outline], assignment: Assignment) -> tuple[str, ...]:
    """The required names that the entry does not define: the tests that ask for them will fail.

    Raises BadInput unless at least one of the names stands there, and none is written with letters that only look
    right.
    """
    outline = found[submission.entry]
    missing = names.missing(assignment.required, outline.defines)
    for name in missing:
        if alike := lookalike(name, outline.defines):
            raise _looks_alike(submission, name, alike, outline.lines.get(alike))
    if len(missing) == len(assignment.required):
        raise BadInput(
            f"{submission.entry} does not define {', '.join(missing)}. "
            f"{assignment.name} asks for {', '.join(assignment.required)}.",
            ru=f"В {submission.entry} не определены имена: {', '.join(missing)}. "
            f"Задание {assignment.name} требует: {', '.join(assignment.required)}.",
        )
    return missing


def _looks_alike(submission: Submission, name: str, alike: str, line: int | None) -> BadInput:
    """A name that only looks like the required one: which letters are of another alphabet."""
    letters = foreign(alike)
    en = ", ".join(f"letter {place} is a {alphabet} {letter!r}" for place, letter, alphabet in letters)
    ru = ", ".join(f"буква {place} — {_ALPHABETS[alphabet]} {letter!r}" for place, letter, alphabet in letters)
    where = [submission.place(submission.entry, line, language) for language in ("en", "ru")]
    return BadInput(
        f"{where[0]}: {alike!r} only looks like {name}: {en}. Type the name in Latin letters.",
        ru=f"{where[1]}: {alike!r} только похоже на {name}: {ru}. Наберите имя латинскими буквами.",
    )


def _outlines(submission: Submission) -> dict[str, Outline]:
    """The outlines of all modules; an error tells the place in the student's words, a notebook's cell too."""
    try:
        return outlines(dict(sorted(submission.files.items())), follow=False)
    except NotPython as error:
        raise _not_python(submission, error) from None


def _not_python(submission: Submission, error: NotPython) -> BadInput:
    path = error.file
    en, ru = (submission.place(path, error.line, language) for language in ("en", "ru"))
    text = submission.line(path, error.line)
    if path.endswith(".ipynb") and _NOTEBOOK_COMMAND.search(text):
        command, tag = clean(text, limit=60), notebooks.TAG
        return BadInput(
            f"{en}: {command!r} is a notebook command, not Python. "
            f"Remove it, or tag the cell {tag!r} to leave it out of grading.",
            ru=f"{ru}: {command!r} — команда ноутбука, а не Python. "
            f"Уберите её или пометьте ячейку тегом {tag!r}, чтобы она не проверялась.",
        )
    if error.newer:
        return BadInput(
            f"{en}: {error.said}. It looks like syntax of Python {error.newer}; the server has Python {PYTHON}.",
            ru=f"{ru}: {error.said}. Похоже на синтаксис Python {error.newer}, а на сервере Python {PYTHON}.",
        )
    return BadInput(f"{en}: {error.said}", ru=f"{ru}: {error.said}")
