"""Which assignments come before which: names that do not exist, and circles in which none can be the first."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from grader.core.assignment import Assignment, load, names
from grader.core.errors import AssignmentFault


def needs_faults(assignment: Assignment) -> list[str]:
    """What is wrong with the assignments that this one needs, among all that lie beside it."""
    folder = assignment.folder.parents[1]
    needs: dict[str, Sequence[str]] = {}
    for name in names(folder):
        try:
            needs[name] = load(name, folder).needs
        except AssignmentFault:  # told by its own proof
            needs[name] = ()
    needs[assignment.name] = assignment.needs
    absent = [name for name in assignment.needs if name not in needs or name == assignment.name]
    told = [f"needs: there is no other assignment {name}" for name in absent]
    if len(around := circle(assignment.name, needs)) > 1:
        told.append(f"needs: {' needs '.join((*around, around[0]))}, so that none of them can be the first")
    return told


def all_needed(name: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """All that come before ``name``: what it needs, what these need, and so on."""
    found: set[str] = set()
    ahead = [*needs.get(name, ())]
    while ahead:
        needed = ahead.pop()
        if needed not in found:
            found.add(needed)
            ahead.extend(needs.get(needed, ()))
    return found


def circle(name: str, needs: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from ``name`` over what it needs back to it; nothing where there is none."""
    ways, seen = deque([[name]]), {name}
    while ways:
        way = ways.popleft()
        for needed in needs.get(way[-1], ()):
            if needed == name:
                return way
            if needed not in seen:
                seen.add(needed)
                ways.append([*way, needed])
    return []
