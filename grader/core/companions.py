"""What comes with an assignment for its defence: questions and calls.

`questions.toml` holds at least four ``[[question]]``, each with ``en``, ``ru`` and what a good ``answer`` holds in
both languages. `calls.toml` holds three to six ``[[call]]``, each with ``en``, ``ru`` (what is asked of a student's
code, such as "What does it return when two centres coincide?") and ``call``, the Python expression that answers;
``raises`` where the answer is an exception. Students never get these files.
"""

from __future__ import annotations

import ast
import builtins
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.core.assignment import LANGUAGES, Assignment
from grader.core.errors import AssignmentFault

QUESTIONS = 4  # at least, for a defence
FEWEST_CALLS, MOST_CALLS = 3, 6
# What an expression may use beside the required names and the libraries: nothing that reaches files or other modules.
PLAIN = (
    *("abs", "bool", "bytes", "complex", "dict", "divmod", "enumerate", "float", "int", "iter", "len", "list", "map"),
    *("max", "min", "next", "pow", "range", "reversed", "round", "set", "sorted", "str", "sum", "tuple", "zip"),
)

Bilingual = Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """What is asked at a defence, and what a good answer holds."""

    text: Bilingual
    answer: Bilingual


@dataclass(frozen=True)
class Call:
    """What is asked about a student's own code, and the expression whose value is the answer.

    ``raises`` names the built-in exception that it ends with instead, where that is the point; else it is "".
    """

    text: Bilingual
    expression: str
    raises: str = ""


def questions(assignment: Assignment) -> list[Question]:
    """The questions for the defence. Raises AssignmentFault for a file that is not there, or wrong."""
    listed = [Question(*pair) for pair in _pairs(assignment, "questions.toml", "question", "answer")]
    if len(listed) < QUESTIONS:
        raise AssignmentFault(f"{assignment.name}/questions.toml has {len(listed)} questions; {QUESTIONS} are needed")
    return listed


def calls(assignment: Assignment) -> list[Call]:
    """The calls for the defence. Raises AssignmentFault for a file that is not there, or wrong."""
    place = f"{assignment.name}/calls.toml"
    listed = tables(place, assignment.folder / "calls.toml", "call", "an expression")
    if not FEWEST_CALLS <= len(listed) <= MOST_CALLS:
        raise AssignmentFault(f"{place} has {len(listed)} calls; from {FEWEST_CALLS} to {MOST_CALLS} are needed")
    made = []
    for number, table in enumerate(listed, 1):
        if not {*LANGUAGES, "call"} <= set(table) <= {*LANGUAGES, "call", "raises"}:
            raise AssignmentFault(f"{place}: call {number} must have en, ru, call, and raises where it raises")
        text = {code: table[code] for code in LANGUAGES}
        call = Call(text, table["call"], table.get("raises", ""))
        if not _whole(text) or not isinstance(call.expression, str):
            raise AssignmentFault(f"{place}: call {number} has a text that is empty")
        if wrong := _wrong_in(call, assignment):
            raise AssignmentFault(f"{place}: call {number} {wrong}")
        made.append(call)
    once(place, [call.text for call in made])
    return made


def libraries(assignment: Assignment) -> dict[str, str]:
    """What an expression may use of libraries: the name that it has there, and the module."""
    return {"np": "numpy"} | ({"torch": "torch"} if assignment.environment == "torch" else {})


def _wrong_in(call: Call, assignment: Assignment) -> str:
    """What is wrong with an expression, without running it; "" when nothing is."""
    try:
        tree = ast.parse(call.expression, mode="eval")
    except (SyntaxError, ValueError) as error:
        return f"is no Python expression: {error}"
    nodes = list(ast.walk(tree))
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    own = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    known = {*assignment.required, *libraries(assignment), *PLAIN, *(["probe"] if assignment.probe() else [])}
    private = [node.attr for node in nodes if isinstance(node, ast.Attribute) and node.attr.startswith("_")]
    kind = getattr(builtins, str(call.raises), None)
    for wrong, words in (
        (names - own - known, f"uses {', '.join(sorted(names - own - known))}, which it cannot know"),
        (private, f"uses {', '.join(private)}, which is private"),
        (not names & set(assignment.required), "calls none of the required names"),
        (
            call.raises and not (isinstance(kind, type) and issubclass(kind, Exception)),
            f"raises {call.raises!r}, which is no built-in exception",
        ),
    ):
        if wrong:
            return words
    return ""


def _pairs(assignment: Assignment, file: str, entry: str, part: str) -> list[tuple[Bilingual, Bilingual]]:
    """Of each entry: its own texts, and those of its part, by language."""
    place = f"{assignment.name}/{file}"
    read = tables(place, assignment.folder / file, entry, part)
    pairs = [pair(place, number, table, entry, part) for number, table in enumerate(read, 1)]
    once(place, [own for own, _ in pairs])
    return pairs


def pair(place: str, number: int, table: dict[str, Any], entry: str, part: str) -> tuple[Bilingual, Bilingual]:
    """Of one entry: its own texts, and those of its part, by language. Raises AssignmentFault."""
    if set(table) != {*LANGUAGES, part} or not _whole(table.get(part)):
        raise AssignmentFault(f"{place}: {entry} {number} must have en, ru, {part}.en and {part}.ru")
    own = {code: table[code] for code in LANGUAGES}
    if not _whole(own):
        raise AssignmentFault(f"{place}: {entry} {number} has a text that is empty")
    return own, table[part]


def tables(place: str, file: Path, entry: str, part: str) -> list[dict[str, Any]]:
    """The entries of a file, as they stand there; ``place`` is how it is named to people. Raises AssignmentFault."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssignmentFault(f"{place} is missing: [[{entry}]] in both languages, each with {part}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AssignmentFault(f"{place}: {error}") from error
    listed = data.get(entry)
    if set(data) != {entry} or not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise AssignmentFault(f"{place} must be a list of [[{entry}]] and nothing else")
    return listed


def once(place: str, texts: list[Bilingual]) -> None:
    """Raises AssignmentFault where a text stands there twice."""
    for code in LANGUAGES:
        own = [text[code] for text in texts]
        if repeated := sorted({text for text in own if own.count(text) > 1}):
            raise AssignmentFault(f"{place}: twice: {repeated[0]}")


def _whole(texts: Any) -> bool:
    """Whether a text stands there in each language."""
    languages = isinstance(texts, dict) and set(texts) == set(LANGUAGES)
    return languages and all(isinstance(text, str) and bool(text.strip()) for text in texts.values())
