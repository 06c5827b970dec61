"""An exception of the student's code, made ready to cross: nearest built-in type, text, own frames."""

from __future__ import annotations

import builtins
import traceback
from collections.abc import Callable

from grader.harness.wire import Frame, RemoteException

_FRAMES = 20
_TEXT = 4000

Own = Callable[[str], str | None]


def describe(error: BaseException, own: Own) -> RemoteException:
    """What the judge is told of an exception; ``own`` maps a file to the student's name for it, or None."""
    frames = [
        Frame(name, entry.lineno or 0, entry.name)
        for entry in traceback.extract_tb(error.__traceback__)
        if (name := own(entry.filename)) is not None
    ]
    if isinstance(error, SyntaxError) and error.filename and (name := own(error.filename)):
        frames.append(Frame(name, error.lineno or 0, "<module>"))
    return RemoteException(_builtin(type(error)), type(error).__name__[:64], _text(error), tuple(frames[-_FRAMES:]))


def own_traceback(error: BaseException, own: Own) -> str:
    """The traceback as Python prints it, with the student's own frames alone."""
    lines = ["Traceback (most recent call last):\n"]
    for entry in traceback.extract_tb(error.__traceback__)[-_FRAMES:]:
        if name := own(entry.filename):
            lines.append(f'  File "{name}", line {entry.lineno}, in {entry.name}\n    {entry.line}\n')
    if isinstance(error, SyntaxError) and error.filename:
        error.filename = own(error.filename) or error.filename
    lines += traceback.format_exception_only(type(error), error)
    return "".join(lines)[:_TEXT].encode("utf-8", "replace").decode()


def _builtin(kind: type[BaseException]) -> str:
    """The name of the first class in the method resolution order that Python itself defines."""
    for base in kind.__mro__:
        if getattr(builtins, base.__name__, None) is base:
            return str(base.__name__)
    return "Exception"


def _text(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:
        return ""
    return text[:_TEXT].encode("utf-8", "replace").decode()
