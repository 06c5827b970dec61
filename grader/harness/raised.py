"""What is told of an exception of the student's code: only what could also be read in their files.

The sandbox says which exception it was, and where. A hostile one would put the hidden inputs into the class's
name or the line's number, which students are shown: so of a hidden test the nearest of a few built-in types counts,
and a line on which a statement of theirs begins. The name itself stands before the text, which is for staff.
"""

from __future__ import annotations

import re

from grader.core.exceptions import is_builtin, nearest
from grader.core.report import Raised
from grader.core.submission import Submission
from grader.core.text import clean
from grader.harness import statements
from grader.harness.session import innermost
from grader.harness.wire import RemoteException

_OF_LIBRARIES = {
    *("AxisError", "ConvergenceError", "DTypePromotionError", "InvalidParameterError", "LinAlgError"),
    *("NotFittedError", "OutOfMemoryError", "TooHardError", "UFuncNoLoopError", "UFuncTypeError"),
}


def told(remote: RemoteException, submission: Submission, *, whole: bool = False) -> Raised:
    """The exception's type and the innermost own line, as far as they can be believed; the text is cleaned.

    ``whole``: where nothing hidden has been there, with the class's own name and the very line.
    """
    frame = innermost(remote.frames, submission.files)
    line = None
    if frame is not None and submission.has_line(frame.file, frame.line):
        line = frame.line if whole else statements.begin(submission.files, frame.file, frame.line)
    file = frame.file if frame is not None and line is not None else None
    if whole:
        return Raised(_type(remote, submission), file, line, clean(remote.text))
    kind = nearest(remote.builtin)
    return Raised(kind, file, line, clean(remote.text if remote.name == kind else f"{remote.name}: {remote.text}"))


def _type(remote: RemoteException, submission: Submission) -> str:
    if is_builtin(remote.name) or remote.name in _OF_LIBRARIES or _defines(submission, remote.name):
        return remote.name
    return remote.builtin if is_builtin(remote.builtin) else "Exception"


def _defines(submission: Submission, name: str) -> bool:
    if not name.isidentifier():
        return False
    definition = re.compile(rf"\bclass\s+{name}\b".encode())
    return any(definition.search(content) for content in submission.files.values())
