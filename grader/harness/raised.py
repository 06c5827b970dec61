"""What is told of an exception of the student's code: only what could also be read in their files.

The sandbox says which exception it was, and where. A hostile one would put the hidden inputs into the class's
name or the line's number, which students are shown: so a name counts only when Python, a library or the
submission defines it, and a line only when the file has it.
"""

from __future__ import annotations

import builtins
import re

from grader.core.report import Raised
from grader.core.submission import Submission
from grader.core.text import clean
from grader.harness.session import innermost
from grader.harness.wire import RemoteException

_OF_LIBRARIES = {
    *("AxisError", "ConvergenceError", "DTypePromotionError", "InvalidParameterError", "LinAlgError"),
    *("NotFittedError", "OutOfMemoryError", "TooHardError", "UFuncNoLoopError", "UFuncTypeError"),
}


def told(remote: RemoteException, submission: Submission) -> Raised:
    """The exception's type and the innermost own line, as far as they can be believed; the text is cleaned."""
    frame = innermost(remote.frames, submission.files)
    if frame is None or not submission.has_line(frame.file, frame.line):
        return Raised(_type(remote, submission), text=clean(remote.text))
    return Raised(_type(remote, submission), frame.file, frame.line, clean(remote.text))


def _type(remote: RemoteException, submission: Submission) -> str:
    if _is_builtin(remote.name) or remote.name in _OF_LIBRARIES or _defines(submission, remote.name):
        return remote.name
    return remote.builtin if _is_builtin(remote.builtin) else "Exception"


def _is_builtin(name: str) -> bool:
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def _defines(submission: Submission, name: str) -> bool:
    if not name.isidentifier():
        return False
    definition = re.compile(rf"\bclass\s+{name}\b".encode())
    return any(definition.search(content) for content in submission.files.values())
