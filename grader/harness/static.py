"""What an assignment forbids, read from the syntax tree; and the names that a submission defines.

Reading source that may be hostile: the parser works in a child process with limits on memory and time, so
that a nest of a hundred thousand brackets hurts nobody. It is advice for honest students; the barrier is
the environment, in which the forbidden libraries are not installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.core.errors import BadInput
from grader.core.text import clean
from grader.harness import outline as child
from grader.harness import parsers


class NotPython(BadInput):
    """A module that does not parse: what the parser said, and the line."""

    def __init__(self, file: str, line: int, said: str) -> None:
        super().__init__(f"{file}, line {line}: {said}", ru=f"{file}, строка {line}: {said}")
        self.file = file
        self.line = line
        self.said = said


@dataclass(frozen=True)
class Use:
    """A dotted name that a module imports or uses, and the line of its first use."""

    name: str
    line: int


@dataclass(frozen=True)
class Outline:
    """One module as its syntax tree tells it: the names it defines at the top, and what it uses."""

    defines: frozenset[str]
    uses: tuple[Use, ...]


def outline(source: bytes, file: str) -> Outline:
    """The outline of one module's source. Raises NotPython with file and line, BadInput."""
    return outlines({file: source})[file]


def outlines(files: Mapping[str, bytes]) -> dict[str, Outline]:
    """The outlines of modules, all within one limit of time and memory. Raises NotPython or BadInput for the first
    that cannot be read.
    """
    command = [sys.executable, "-I", "-S", child.__file__]
    given = json.dumps({file: source.decode("latin-1") for file, source in files.items()}).encode()
    said = parsers.run(command, given)
    answers, in_time = said.lines, said.in_time
    return {file: _told(file, answers[place : place + 1], in_time) for place, file in enumerate(files)}


def _told(file: str, answers: list[bytes], in_time: bool) -> Outline:
    """The outline that the child told of a file: the one line that it gave, or none."""
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
        raise NotPython(file, answer["line"], clean(answer["error"], limit=200))
    return Outline(frozenset(answer["defines"]), tuple(Use(name, line) for name, line in answer["uses"]))


def forbidden(found: Outline, modules: Iterable[str], names: Iterable[str]) -> list[Use]:
    """What of ``modules`` and ``names`` (dotted) the outline uses."""
    return [use for use in found.uses if any(_within(use.name, name) for name in (*modules, *names))]


def _within(name: str, forbidden_name: str) -> bool:
    return name == forbidden_name or name.startswith(forbidden_name + ".")
