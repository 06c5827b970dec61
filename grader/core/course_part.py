"""The part of a course that is set: which assignments, for how many points, and until when.

A lecturer with fewer lectures, fewer weeks or less time for marking than the whole course asks for takes a part of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from fractions import Fraction

from grader.core.assignment import Assignment
from grader.core.catalogue import Lecture
from grader.core.errors import BadInput
from grader.core.lectures import by_lecture

Group = tuple[Lecture | None, list[Assignment]]

FIRST_DEADLINE = timedelta(weeks=2)
MOST_WEEKS = 104
_STEPS = (Fraction(1), Fraction(1, 2), Fraction(1, 4))  # points are whole if they can be
_STEPS_OF_ONE = 4  # on average; with fewer, work could hardly be told apart by points


def part(
    assignments: Sequence[Assignment],
    lectures: Sequence[Lecture],
    numbers: Collection[int] | None = None,
    tasks: int | None = None,
) -> list[Group]:
    """The assignments to set, by lecture: those of the lectures with these ``numbers``, all labs and so many tasks.

    Without ``numbers`` these are all lectures, and what belongs to none; without ``tasks`` all tasks. Tasks are chosen
    one by one, each from the lecture with the fewest hours of work so far, so that no lecture has much more than
    another. Within a lecture those come first that need the fewest assignments which are not set, then in their order.

    Raises BadInput where there is no such lecture, or where there are not so many tasks.
    """
    groups = by_lecture(assignments, lambda assignment: assignment.lecture, lectures)
    if numbers is not None:
        there = {lecture.number for lecture, _ in groups if lecture is not None}
        if absent := sorted(set(numbers) - there):
            raise BadInput(
                f"--lectures: no assignment belongs to lecture {absent[0]}; "
                f"there are assignments for {', '.join(map(str, sorted(there)))}."
            )
        groups = [(lecture, found) for lecture, found in groups if lecture is not None and lecture.number in numbers]
    if tasks is None:
        return groups
    available = sum(one.kind == "task" for _, found in groups for one in found)
    if tasks > available:
        raise BadInput(f"--tasks: {tasks} tasks are wanted, and there are {available}.")
    chosen = _chosen([found for _, found in groups], tasks)
    kept = ((lecture, [one for one in found if one.name in chosen]) for lecture, found in groups)
    return [(lecture, found) for lecture, found in kept if found]


def _chosen(groups: Sequence[Sequence[Assignment]], tasks: int) -> set[str]:
    """The names of all labs and of so many tasks."""
    chosen = {one.name for found in groups for one in found if one.kind == "lab"}
    for _ in range(tasks):
        open_groups = [found for found in groups if any(one.name not in chosen for one in found)]
        lightest = min(open_groups, key=lambda found: sum(_hours(one) for one in found if one.name in chosen))
        rest = [one for one in lightest if one.name not in chosen]
        chosen.add(min(rest, key=lambda one: len(set(one.needs) - chosen)).name)
    return chosen


def shares(assignments: Sequence[Assignment], total: Fraction) -> dict[str, Fraction]:
    """Points by name, in proportion to the hours of work: they add up to the total.

    They are whole where that leaves room to tell work apart, else halves or quarters. Of very many assignments each
    gives the same.
    """
    if not assignments:
        return {}
    step = next((step for step in _STEPS if total >= _STEPS_OF_ONE * step * len(assignments)), None)
    if step is None or (total / step).denominator != 1:
        return {one.name: total / len(assignments) for one in assignments}
    steps = {one.name: 1 for one in assignments}
    for _ in range(int(total / step) - len(steps)):  # Sainte-Laguë's method: the next one goes where it is missed most
        neediest = max(assignments, key=lambda one: Fraction(_hours(one), 2 * steps[one.name] + 1))
        steps[neediest.name] += 1
    return {name: count * step for name, count in steps.items()}


def deadlines(groups: int, begins: date, weeks: int | None = None) -> list[date]:
    """The day of each lecture's deadlines, the first one two weeks after the course begins.

    One follows the other after a week; or they spread evenly, so that the last one ends the term of so many weeks.
    Raises BadInput for a term that is no longer than the first deadline needs, or longer than two years.
    """
    if weeks is None:
        return [begins + FIRST_DEADLINE + timedelta(weeks=place) for place in range(groups)]
    first = FIRST_DEADLINE.days // 7
    if not first < weeks <= MOST_WEEKS:
        raise BadInput(f"--weeks: a term has from {first + 1} to {MOST_WEEKS} weeks, not {weeks}.")
    apart = Fraction(weeks - first, max(groups - 1, 1))
    return [begins + timedelta(weeks=first + round(place * apart)) for place in range(groups)]


def _hours(assignment: Assignment) -> int:
    return assignment.hours or 1
