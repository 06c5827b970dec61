"""The picture of a student's solution: drawn in a child process, with the limits that a check has.

What goes wrong is told as a check tells it: what is forbidden, an exception with the student's own line, a deadline,
too much output, an end of the process. Nothing of the student's runs in this process.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from grader.core.assignment import Assignment
from grader.core.errors import BadInput, GraderError
from grader.core.figure import figure
from grader.core.report import Bilingual, Raised
from grader.core.submission import Submission
from grader.core.text import clean
from grader.core.verdicts import Verdict
from grader.harness import drawing, names, raised, refusals
from grader.harness.bounds import DEFAULT
from grader.harness.sandbox import Sandboxes
from grader.harness.session import LoadFailed, SandboxFailure, Session, remote_of

CALLS = 4  # a picture asks for several results, and is drawn: it may take as long as so many calls
_PREPARE_SECONDS = 60.0  # the first time, matplotlib lists the machine's fonts


class NotDrawn(GraderError):
    """The solution cannot be drawn, since of something in it; as of a check that fails, the exit code is 1."""

    exit_code = 1


def draw(submission: Submission, assignment: Assignment, sandboxes: Sandboxes, kind: str) -> bytes:
    """The picture of a submission as a file of this kind.

    Raises BadInput where the assignment has no figure or this machine no matplotlib, NotDrawn for what is the
    submission's own fault.
    """
    found = figure(assignment)
    if found is None:
        raise BadInput(f"{assignment.name} has no picture.", ru=f"У задания {assignment.name} нет рисунка.")
    _need_matplotlib()
    reading = refusals.read(submission, assignment)
    if reading.refusal:
        raise NotDrawn(reading.refusal["en"], ru=reading.refusal["ru"])
    session = Session(sandboxes.start(assignment.environment))
    try:
        module, beside = _load(session, reading.runs, assignment)
        return _drawn(session, module, beside, assignment, found.source, kind, submission)
    except SandboxFailure as failure:
        raise _ended(failure, session.call_seconds) from None
    finally:
        session.close()


def _need_matplotlib() -> None:
    if find_spec("matplotlib") is None:
        install = f"{sys.executable} -m pip install matplotlib"
        raise BadInput(
            f"Pictures are drawn with matplotlib, which is not installed here. Install it: {install}",
            ru=f"Для рисунков нужна библиотека matplotlib, здесь она не установлена. Установите её: {install}",
        )


def _load(session: Session, submission: Submission, assignment: Assignment) -> tuple[Any, Any]:
    """The modules `solution` and `drawing` in the child."""
    session.call_seconds = _call_seconds(assignment)
    program = Path(drawing.__file__).read_bytes()
    try:
        return session.load(
            submission,
            program,
            required=assignment.required,
            forbidden=assignment.guarded,
            data=assignment.data_files(),
        )
    except LoadFailed as failure:
        traceback = submission.traceback(failure.traceback)
        raise NotDrawn(
            f"The solution could not be imported:\n{traceback}",
            ru=f"Решение не удалось импортировать:\n{traceback}",
        ) from None


def _drawn(
    session: Session, module: Any, beside: Any, assignment: Assignment, source: str, kind: str, submission: Submission
) -> bytes:
    session.call_seconds = _PREPARE_SECONDS
    try:
        beside.prepare()
    except Exception as error:
        raise _broken_matplotlib(error) from None
    session.call_seconds = CALLS * _call_seconds(assignment)
    try:
        content = beside.picture(module, list(assignment.required), source, kind)
    except Exception as error:
        raise _failed(error, str(beside.failed_at()), submission, assignment) from None
    if not (type(content) is np.ndarray and content.dtype == np.uint8 and content.ndim == 1):
        raise SandboxFailure(Verdict.PROTOCOL, "it did not answer with a picture")
    return content.tobytes()


def _call_seconds(assignment: Assignment) -> float:
    return min(assignment.limits.call_seconds, DEFAULT.call_seconds)


def _broken_matplotlib(error: Exception) -> BadInput:
    what = clean(f"{type(error).__name__}: {error}", limit=300)
    return BadInput(
        f"matplotlib, which draws the pictures, cannot be used here ({what}).",
        ru=f"Не удаётся использовать matplotlib, которым рисуются рисунки ({what}).",
    )


def _failed(error: Exception, place: str, submission: Submission, assignment: Assignment) -> NotDrawn:
    """An exception while it was drawn: the student's own, or the figure's about what it was given."""
    remote = remote_of(error)
    if remote is None:  # of this side of the wire
        raise error
    if not remote.frames and remote.name == drawing.NotDefined.__name__:
        told = names.not_defined(submission.entry, clean(remote.text, limit=100))
        return NotDrawn(told["en"], ru=told["ru"])
    what = raised.told(remote, submission, whole=True)
    if what.file is not None:
        told = _own(what, submission)
    else:
        told = _of_the_figure(what, clean(place, limit=200), assignment)
    return NotDrawn(told["en"], ru=told["ru"])


def _own(what: Raised, submission: Submission) -> Bilingual:
    line = submission.line(what.file, what.line)
    shown = f"\n    {line}" if line else ""
    en, ru = (submission.place(what.file, what.line, language) for language in ("en", "ru"))
    return {
        "en": f"The picture is not drawn, since your code raises an exception. {en}:{shown}\n{_named(what)}",
        "ru": f"Рисунок не построен: в вашем коде возникло исключение. {ru}:{shown}\n{_named(what)}",
    }


def _of_the_figure(what: Raised, place: str, assignment: Assignment) -> Bilingual:
    line = f"\n    {drawing.FILE}, {place}" if place else ""
    check = f"grader check {assignment.name}"
    return {
        "en": f"The picture cannot be drawn from what your code returns.{line}\n{_named(what)}\n"
        f"Compare the types and shapes with the statement; {check} says what differs.",
        "ru": f"По тому, что возвращает ваш код, рисунок построить нельзя.{line}\n{_named(what)}\n"
        f"Сравните типы и формы с условием; {check} покажет, что не так.",
    }


def _named(what: Raised) -> str:
    return f"{what.type}: {what.text}" if what.text else what.type


def _ended(failure: SandboxFailure, seconds: float) -> NotDrawn:
    """The child has ended: why, for people."""
    if failure.hint is not None:
        return NotDrawn(failure.hint["en"], ru=failure.hint["ru"])
    en, ru = _ENDS.get(failure.verdict, _ENDS[Verdict.DIED])
    limit = f"{seconds:g}"
    return NotDrawn(en.format(limit), ru=ru.format(limit))


_ENDS = {
    Verdict.TIMEOUT: (
        "The picture is not drawn: your code was not done within {} s.",
        "Рисунок не построен: ваш код не завершился за {} с.",
    ),
    Verdict.MEMORY: (
        "The picture is not drawn: there was not enough memory for your code.",
        "Рисунок не построен: вашему коду не хватило памяти.",
    ),
    Verdict.OUTPUT: (
        "The picture is not drawn: your code prints or returns too much.",
        "Рисунок не построен: ваш код слишком много печатает или возвращает.",
    ),
    Verdict.PROTOCOL: (
        "The picture is not drawn: what came back is no picture. Does your code change modules that are not its own?",
        "Рисунок не построен: вместо рисунка пришло что-то другое. Не меняет ли ваш код чужие модули?",
    ),
    Verdict.DIED: (
        "The picture is not drawn: your code ended the process.",
        "Рисунок не построен: ваш код завершил процесс.",
    ),
}
