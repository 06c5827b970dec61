"""The reference of an assignment as students may read it once the assignment is closed: files, and nothing is run.

Shown are the modules that define what is asked for, and those that these import; nothing that lies below the folder of
assignments. A module that belongs to another assignment, which is still open, is left out: what that one asks for is
defined in it, or stands beside it and is used by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from grader.core.assignment import Assignment
from grader.core.course import Course
from grader.core.editions import reference_sources
from grader.core.source import Source, find

CHECKS = "checks"  # the package of checks of arguments, beside the lectures' packages
_PACKAGE = "__init__.py"


@dataclass(frozen=True)
class Solution:
    """``files`` are the modules to read and ``checks`` those that check arguments, by path.

    ``places`` tells in which of the files each name that is asked for is defined, and as what; None where no file here
    defines it. ``withheld`` are the paths that are left out, each with the assignments that it belongs to, and
    ``waiting`` the names that are asked for in these.
    """

    files: Mapping[str, Source]
    checks: Mapping[str, Source]
    places: Mapping[str, tuple[str, str] | None]
    withheld: Mapping[str, tuple[str, ...]]
    waiting: frozenset[str]

    @property
    def helpers(self) -> list[str]:
        """The files in which nothing is defined that is asked for."""
        asked = {place[0] for place in self.places.values() if place is not None}
        return [path for path in self.files if path not in asked]


def solution(assignment: Assignment, course: Course, shown: Collection[str]) -> Solution:
    """What students read of this assignment's reference, if of those in the course these are ``shown``."""
    sources = _sources(assignment)
    owners: dict[str, list[str]] = {}
    for item in course.items:
        if item.assignment is not None and item.name not in (*shown, assignment.name):
            for path in _own(item.assignment, sources):
                owners.setdefault(path, []).append(item.name)
    withheld = {path: tuple(owners[path]) for path in sources if path in owners}
    readable = {path: _read(content) for path, content in sources.items() if path not in withheld}
    checks = {path: source for path, source in readable.items() if _is_check(path)}
    files = {path: source for path, source in readable.items() if path not in checks and _says_something(path, source)}
    return Solution(
        files=files,
        checks=checks,
        places={name: _place(target, files) for name, target in assignment.required.items()},
        withheld={path: names for path, names in withheld.items() if PurePosixPath(path).name != _PACKAGE},
        waiting=frozenset(
            name for name, target in assignment.required.items() if any(path in withheld for path in _of_target(target))
        ),
    )


@lru_cache(maxsize=512)  # by content: whoever reads one assignment's reference is rarely alone
def _read(content: bytes) -> Source:
    return Source(content)


def _sources(assignment: Assignment) -> dict[str, bytes]:
    """The reference's files by path below the folder in which the assignments' folder lies."""
    assignments = assignment.folder.parents[1]
    try:
        found = reference_sources(assignment, assignments.parent)
    except OSError:
        return {}
    return {path: content for path, content in found.items() if PurePosixPath(path).parts[0] != assignments.name}


def _own(other: Assignment, sources: Iterable[str]) -> list[str]:
    """Of these files those of another assignment: what it asks for, and what this uses of the same folder."""
    folders = {PurePosixPath(path).parent for target in other.required.values() for path in _of_target(target)}
    beside = [path for path in sources if PurePosixPath(path).parent in folders]
    return [path for path in beside if path in _sources(other)] if beside else []


def _paths(module: str) -> tuple[str, str]:
    place = module.replace(".", "/")
    return f"{place}.py", f"{place}/{_PACKAGE}"


def _of_target(target: str) -> tuple[str, str]:
    return _paths(target.partition(":")[0])


def _place(target: str, files: Mapping[str, Source]) -> tuple[str, str] | None:
    """The file that defines this object, which may be another than the one that it is asked of."""
    name = target.partition(":")[2]
    found = [path for path in (find(files, entry, name) for entry in _of_target(target)) if path is not None]
    return (found[0], name) if found else None


def _is_check(path: str) -> bool:
    parts = PurePosixPath(path).with_suffix("").parts
    return len(parts) > 1 and parts[1] == CHECKS


def _says_something(path: str, source: Source) -> bool:
    """Of what makes folders packages only those are read in which something is defined or imported."""
    return PurePosixPath(path).name != _PACKAGE or any(one.defines for one in source.statements)
