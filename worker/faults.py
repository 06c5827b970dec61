"""Whose a fault is: the worker's own, or the job's; and whether a submission took part in it.

An attempt counts when the job itself may be to blame: its code may have run, or a judge has looked at it. Nothing
of a job has begun while there is no sandbox for it, no warm parent of the judges or no database; such attempts do
not count, however often they happen. What a fault means for the worker is decided in `worker.health`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import InterfaceError, OperationalError

from grader.core.errors import AssignmentFault, GraderError, JudgesUnavailable, OurFault

DATABASE, SANDBOX, JUDGES, JUDGE, ASSIGNMENT, CONTENT, OTHER = KINDS = (
    "database",
    "sandbox",
    "judges",
    "judge",
    "assignment",
    "content",
    "other",
)
_NOT_BEGUN = (DATABASE, SANDBOX, JUDGES)
_OF_THE_WORKER = (SANDBOX, JUDGES, JUDGE, OTHER)  # a database that is away is away for everybody


class ContentFault(OurFault):
    """What was stored of this submission cannot be graded anywhere."""


_KIND_OF: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    ((OperationalError, InterfaceError), DATABASE),
    (JudgesUnavailable, JUDGES),
    (AssignmentFault, ASSIGNMENT),
    (ContentFault, CONTENT),
    (OurFault, JUDGE),
)


@dataclass(frozen=True)
class Fault:
    """One failed attempt: what is told to staff, its kind, and whether anything of the job had begun."""

    kind: str
    text: str

    @property
    def own(self) -> bool:
        return self.kind in _OF_THE_WORKER

    @property
    def begun(self) -> bool:
        return self.kind not in _NOT_BEGUN


def fault_of(error: Exception, *, lent: int, refused: int) -> Fault:
    """The fault that an error is; ``lent`` sandboxes the job has had, ``refused`` ones there were none of."""
    text = str(error) if isinstance(error, GraderError) else f"{type(error).__name__}: {error}"
    if refused and not lent:
        return Fault(SANDBOX, text)
    return Fault(next((kind for types, kind in _KIND_OF if isinstance(error, types)), OTHER), text)
