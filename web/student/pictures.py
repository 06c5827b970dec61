"""The picture of an assignment on its page: the one drawn with the reference, and what it shows in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.core import figure
from grader.core.assignment import Assignment
from grader.core.errors import AssignmentFault

# Of a picture that is opened by itself: it is styled within its file, and may hold images; there is nothing else to it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True)
class Shown:
    """A picture, what it shows in words by language, and its size, so that nothing moves when it comes."""

    content: bytes
    alt: Mapping[str, str]
    width: int
    height: int


def shown(assignment: Assignment) -> Shown | None:
    """The picture of an assignment; None where there is none, or no words for it."""
    try:
        words = figure.figure(assignment)
    except AssignmentFault:  # its author is told by `grader verify`; a statement can be read without a picture
        return None
    drawn = figure.picture(assignment) if words is not None else None
    if words is None or drawn is None:
        return None
    return Shown(drawn.content, words.alt, drawn.width, drawn.height)
