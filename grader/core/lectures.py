"""Whatever belongs to lectures, grouped by them: for course files and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from grader.core.catalogue import Lecture

Thing = TypeVar("Thing")


def by_lecture(
    things: Iterable[Thing], package: Callable[[Thing], str | None], lectures: Sequence[Lecture]
) -> list[tuple[Lecture | None, list[Thing]]]:
    """Whatever belongs to lectures, in the order of the lectures; what belongs to none of them comes last, with None.

    ``package`` tells the package of a thing's lecture. Lectures without things are left out, and within one the order
    stays.
    """
    known = {lecture.package for lecture in lectures}
    members: dict[str | None, list[Thing]] = {}
    for thing in things:
        name = package(thing)
        members.setdefault(name if name in known else None, []).append(thing)
    groups = [(lecture, members.get(lecture.package, [])) for lecture in lectures]
    return [(lecture, found) for lecture, found in [*groups, (None, members.get(None, []))] if found]
