"""From an upload to a `Submission`: one module, one notebook, or a zip of modules.

Whatever cannot be graded is refused here with a sentence that says what is wrong and what to do, and
nothing of it is stored. Whatever must be parsed for that, is parsed by other processes with limits of their own, of
which there are as many at once as the machine has processors.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath

from grader.core.assignment import Assignment
from grader.core.errors import BadInput
from grader.core.submission import Submission
from grader.core.text import clean
from grader.harness import names, notebooks, parsers, unpacking
from grader.harness.bounds import DEFAULT
from grader.harness.static import NotPython, Outline, outlines
from grader.harness.unpacking import ENTRY, safe_name

__all__ = ["ENTRY", "accept", "check_names", "read", "safe_name"]

_NOTEBOOK_COMMAND = re.compile(r"^[%!?]|\?$|^[\w., ]+=\s*[%!]")  # also `files = !ls` and `took = %timeit …`
_ROOT = Path(__file__).resolve().parents[2]
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from grader.harness.unpacking import main; main()"


def accept(filename: str, content: bytes, assignment: Assignment, *, person: str = "") -> Submission:
    """The submission in an uploaded file, with a notice of the required names that it lacks. Raises BadInput: what is
    wrong, where, and what to do.

    Raises `parsers.NoPlace` when too many are being read just now; each ``person`` has one read at a time.
    """
    if len(content) > DEFAULT.upload_bytes:
        raise BadInput(
            f"The file has {len(content):,} bytes; at most {DEFAULT.upload_bytes:,} are accepted.",
            ru=f"В файле {len(content)} байт; принимается не больше {DEFAULT.upload_bytes}.",
        )
    with parsers.place(person):
        submission = read(filename, content)
        absent = check_names(submission, assignment)
    if absent:
        return replace(submission, notices=(*submission.notices, names.notice(submission.entry, absent)))
    return submission


def read(filename: str, content: bytes) -> Submission:
    """The files of an upload by its kind, without looking at what they define. Raises BadInput.

    A module is text, and is looked at here; an archive or a notebook is read by a process of its own.
    """
    if PurePosixPath(filename).suffix.lower() not in (".zip", ".ipynb"):
        return unpacking.read(filename, content)
    said = parsers.run(
        [sys.executable, "-I", "-c", _CHILD, str(_ROOT)], json.dumps(filename).encode() + b"\n" + content
    )
    if said.code != 0 or not said.lines:
        raise _unreadable(clean(filename, limit=100), said.in_time)
    told = json.loads(said.lines[-1])
    if "refused" in told:
        en, ru = told["refused"]
        raise BadInput(en, ru=ru)
    return Submission(told["entry"], {path: text.encode("latin-1") for path, text in told["files"].items()})


def _unreadable(name: str, in_time: bool) -> BadInput:
    if in_time:
        return BadInput(
            f"{name} cannot be read (too deeply nested?)", ru=f"{name} не читается (слишком глубокая вложенность?)"
        )
    return BadInput(f"{name} takes too long to read.", ru=f"{name} читается слишком долго.")


def check_names(submission: Submission, assignment: Assignment) -> tuple[str, ...]:
    """The required names that the entry does not define: the tests that ask for them will fail.

    Raises BadInput unless every module parses and at least one of the names stands there.
    """
    missing = names.missing(assignment.required, _outlines(submission)[submission.entry].defines)
    if len(missing) == len(assignment.required):
        raise BadInput(
            f"{submission.entry} does not define {', '.join(missing)}. "
            f"{assignment.name} asks for {', '.join(assignment.required)}.",
            ru=f"В {submission.entry} не определены имена: {', '.join(missing)}. "
            f"Задание {assignment.name} требует: {', '.join(assignment.required)}.",
        )
    return missing


def _outlines(submission: Submission) -> dict[str, Outline]:
    """The outlines of all modules; an error tells the place in the student's words, a notebook's cell too."""
    try:
        return outlines(dict(sorted(submission.files.items())), follow=False)
    except NotPython as error:
        path = error.file
        where = submission.place(path, error.line)
        text = submission.line(path, error.line)
        if path.endswith(".ipynb") and _NOTEBOOK_COMMAND.search(text):
            command, tag = clean(text, limit=60), sorted(notebooks.SKIP_TAGS)[0]
            raise BadInput(
                f"{where}: {command!r} is a notebook command, not Python. "
                f"Remove it, or tag the cell {tag!r} to leave it out of grading.",
                ru=f"{submission.place(path, error.line, 'ru')}: {command!r} — команда ноутбука, а не Python. "
                f"Уберите её или пометьте ячейку тегом {tag!r}, чтобы она не проверялась.",
            ) from None
        raise BadInput(
            f"{where}: {error.said}", ru=f"{submission.place(path, error.line, 'ru')}: {error.said}"
        ) from None
