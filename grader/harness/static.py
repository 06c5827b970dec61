"""What an assignment forbids, read from the syntax tree; and the names that a submission defines.

Reading source that may be hostile: the parser works in a child process with limits on memory and time, so
that a nest of a hundred thousand brackets hurts nobody. Names are followed as far as a syntax tree allows; where
an assignment forbids something of an installed library, what cannot be followed is found as well. It is read outside
of the sandbox, so that no submission can change what is found. The barrier is the environment, in which other
forbidden libraries are not installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.core.errors import BadInput
from grader.core.forbidden import LIBRARIES, within
from grader.core.text import clean
from grader.harness import outline as child
from grader.harness import parsers
from grader.harness.installed import Sameness, same
from grader.harness.opaque import PRIVATE, opaque
from grader.harness.outline.libraries import is_module
from grader.harness.outline.selfcheck import Lines

_START = "import sys; sys.path.insert(0, sys.argv[1]); from outline.program import main; main(sys.argv[2] == 'follow')"
GRADER = "grader"
NOT_FOLLOWED = "size"


class NotPython(BadInput):
    """A module that does not parse: what the parser said, and the line; ``newer`` is the Python that it looks like."""

    def __init__(self, file: str, line: int, said: str, newer: str = "") -> None:
        super().__init__(f"{file}, line {line}: {said}", ru=f"{file}, строка {line}: {said}")
        self.file = file
        self.line = line
        self.said = said
        self.newer = newer


@dataclass(frozen=True)
class Use:
    """A dotted name that a module uses, and the line of its first use; ``hides`` tells why more may be behind it."""

    name: str
    line: int
    hides: str = ""


@dataclass(frozen=True)
class Import:
    """A dotted name that a module imports; ``sure`` where the module cannot be imported without it."""

    name: str
    line: int
    sure: bool


@dataclass(frozen=True)
class Outline:
    """One module as its syntax tree tells it: the names it defines at the top, what it imports, and what it uses.

    ``lines`` are those of the names' first definitions. ``hidden`` are the places at which a name may be used that does
    not stand there. ``self_checks`` are the lines of what runs only as the main program: they are left out of all this.
    """

    defines: frozenset[str]
    uses: tuple[Use, ...] = ()
    hidden: tuple[Use, ...] = ()
    self_checks: tuple[Lines, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    imports: tuple[Import, ...] = ()


def outline(source: bytes, file: str) -> Outline:
    """The outline of one module's source. Raises NotPython with file and line, BadInput."""
    return outlines({file: source})[file]


def outlines(files: Mapping[str, bytes], *, follow: bool = True) -> dict[str, Outline]:
    """The outlines of modules, all within one limit of time and memory. Raises NotPython or BadInput for the first
    that cannot be read. Without ``follow`` they tell only what is defined and imported, and each is compiled, too.
    """
    folder = str(Path(child.__file__).parent.parent)
    command = [sys.executable, "-I", "-S", "-c", _START, folder, "follow" if follow else ""]
    given = json.dumps({file: source.decode("latin-1") for file, source in files.items()}).encode()
    said = parsers.run(command, given)
    answers, in_time = said.lines, said.in_time
    found = {file: _told(file, answers[place : place + 1], in_time) for place, file in enumerate(files)}
    followed = _json(answers[len(files)]) if len(answers) > len(files) else {}
    return {file: as_outline(file, one, followed) if follow else one for file, one in found.items()}


def _told(file: str, answers: list[bytes], in_time: bool) -> Outline:
    """What the child told of a file alone: the one line that it gave, or none."""
    if not answers and not in_time:
        raise BadInput(
            f"{file}: this source takes too long to parse", ru=f"{file}: этот текст разбирается слишком долго"
        )
    if not answers:
        raise BadInput(
            f"{file}: this source cannot be parsed (too deeply nested?)",
            ru=f"{file}: этот текст не разбирается (слишком глубокая вложенность?)",
        )
    answer = json.loads(answers[0])
    if "error" in answer:
        raise NotPython(file, answer["line"], clean(answer["error"], limit=200), answer["newer"])
    checks = tuple((first, last) for first, last in answer.get("self_checks", ()))
    lines, imports = answer["defines"], tuple(Import(*one) for one in answer["imports"])
    return Outline(frozenset(lines), self_checks=checks, lines=lines, imports=imports)


def _json(line: bytes) -> dict[str, Any]:
    """What the child told last; nothing where it was ended in the middle of it."""
    try:
        answer: dict[str, Any] = json.loads(line)
    except ValueError:
        return {}
    return answer


def as_outline(file: str, alone: Outline, followed: Mapping[str, Any]) -> Outline:
    """What the child told of one module, with what it told of all of them together."""
    uses = tuple(Use(name, line) for name, line in followed.get("uses", {}).get(file, ()))
    hidden = tuple(Use(what, line, kind) for kind, what, line in followed.get("opaque", {}).get(file, ()))
    if not followed.get("whole"):
        hidden = (*hidden, Use("", 1, NOT_FOLLOWED))
    return replace(alone, uses=uses, hidden=hidden)


def forbidden(
    found: Outline, modules: Iterable[str], names: Iterable[str], libraries: Collection[str] = LIBRARIES
) -> list[Use]:
    """What the outline uses of ``modules`` and ``names`` (dotted), each line once; then, where these name something
    of one of the installed ``libraries``, what cannot be seen through.
    """
    all_names = tuple(dict.fromkeys((*modules, *names)))
    roots = frozenset(name.partition(".")[0] for name in all_names) & frozenset(libraries)
    used = [use for use in found.uses if _is_forbidden(use.name, all_names, roots)]
    if roots:
        used += [use for use in found.hidden if use.hides != "relative" or use.name.partition(".")[0] in roots]
        used += [
            Use(use.name, use.line, why) for use in found.uses if (why := opaque(use.name, roots)) and use not in used
        ]
    return _first_of_each_line(used)


def of_the_grader(found: Outline) -> list[Use]:
    """The grader's own modules: no submission has anything to do with them, whatever its assignment forbids."""
    return _first_of_each_line([use for use in found.uses if within(use.name, GRADER)])


def _is_forbidden(name: str, all_names: tuple[str, ...], roots: frozenset[str]) -> bool:
    """Whether a name is forbidden, is in something that is, or is the same thing handed out by another module."""
    if any(within(name, one) for one in all_names):
        return True
    root, *parts = name.split(".")
    if root not in roots:
        return False
    for one in all_names:
        last = one.rpartition(".")[2]
        if one.partition(".")[0] == root and last in parts and "." in one:
            place = parts.index(last)
            holder = ".".join([root, *parts[:place]])
            if is_module(holder) and same(f"{holder}.{last}", one) is not Sameness.DIFFERENT:
                return True
    return False


def _first_of_each_line(uses: list[Use]) -> list[Use]:
    """One use for each line: a forbidden name itself before what only may be one, the longest first."""
    lines: dict[int, Use] = {}
    for use in sorted(uses, key=lambda use: (bool(use.hides), use.hides != PRIVATE, -len(use.name))):
        lines.setdefault(use.line, use)
    return [lines[line] for line in sorted(lines)]
