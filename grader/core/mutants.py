"""Mutants: mistakes that students make, as changes to the reference, read from an assignment's `mutants.toml`.

A row and the file it is about are said once; each mutant below it is a short table:

    ["L09.kmeans"]
    file = "reference/clustering/centers/kmeans.py"

    ["L09.kmeans".empty-cluster-goes-to-zero]
    why.en = "The centre of an empty cluster jumps to the origin."
    why.ru = "Центр опустевшего кластера прыгает в начало координат."
    find = "moved = centers.copy()"
    replace = "moved = np.zeros_like(centers)"

``find`` stands once in the file, which a mutant may name for itself. `misfits` tells which do not fit the reference
(any more), without running anything; `fix` writes new texts where only names or spaces have moved.
"""

from __future__ import annotations

import ast
import difflib
import json
import keyword
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from grader.core.assignment import LANGUAGES, Assignment
from grader.core.errors import AssignmentFault

FILE = "mutants.toml"
_TEXTS = {"find", "replace"}
_KEYS = {*_TEXTS, "why", "file"}
_TOKEN = re.compile(r"\w+|[^\w\s]")
_HEAD = re.compile(r'\["[^"]+"\.(?:"([^"]+)"|([\w-]+))\]\s*')  # of a mutant's table
_LIKE = 0.5  # of a text, at least, is in the nearest line
_SAME = 0.6  # of the tokens, at least, must have stayed where a text is looked for under other names


@dataclass(frozen=True)
class Mutant:
    """A mistake: ``find``, which stands once in ``file``, becomes ``replace``.

    ``why`` is a line in each language that answers "what goes wrong if this is done?".
    """

    name: str
    row: str
    file: str
    find: str
    replace: str
    why: Mapping[str, str]


def mutants(assignment: Assignment) -> list[Mutant]:
    """The mutants of an assignment, in the order of the file. Raises AssignmentFault for a file that is wrong."""
    place = f"{assignment.name}/{FILE}"
    try:
        return _parsed(place, (assignment.folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise AssignmentFault(f"{place}: {error}") from error


def _parsed(place: str, text: str) -> list[Mutant]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AssignmentFault(f"{place}: {error}") from error
    listed = [mutant for row, table in data.items() for mutant in _of_row(place, row, table)]
    repeated = sorted(name for name, times in Counter(m.name for m in listed).items() if times > 1)
    if repeated:
        raise AssignmentFault(f"{place}: names used twice: {', '.join(repeated)}")
    return listed


def _of_row(place: str, row: str, table: Any) -> Iterator[Mutant]:
    if not isinstance(table, dict):
        raise AssignmentFault(f'{place}: {row} must be the table of a row, ["{row}"], with a table for each mutant')
    file = table.get("file")
    for name, texts in table.items():
        if name == "file":
            continue
        where = f"{place}: {row}, {name}"
        if not isinstance(texts, dict) or not set(texts) <= _KEYS or not set(texts) >= _TEXTS:
            raise AssignmentFault(f"{where}: a mutant has find, replace, why, and may have a file of its own")
        own, why = texts.get("file", file), texts.get("why")
        if not isinstance(own, str) or not all(isinstance(texts[key], str) for key in _TEXTS) or not texts["find"]:
            raise AssignmentFault(f"{where}: find, replace, and the file of the row or the mutant must be texts")
        if not isinstance(why, dict) or set(why) != set(LANGUAGES) or not all(map(_is_line, why.values())):
            raise AssignmentFault(f"{where}: why must be one line each in {' and '.join(LANGUAGES)}")
        yield Mutant(name, row, own, texts["find"], texts["replace"], why)


def _is_line(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip()) and "\n" not in text


def mutated(sources: Mapping[str, bytes], mutant: Mutant) -> dict[str, bytes]:
    """The reference with a mutant's mistake in it. Raises AssignmentFault for a text that does not fit."""
    if told := _misfit(sources, mutant):
        raise AssignmentFault(told)
    text = sources[mutant.file].decode()
    return {**sources, mutant.file: text.replace(mutant.find, mutant.replace).encode()}


def misfits(assignment: Assignment, sources: Mapping[str, bytes]) -> list[str]:
    """What is wrong with the texts of all mutants, a sentence each; ``sources`` are the reference's files by path."""
    return [told for mutant in mutants(assignment) if (told := _misfit(sources, mutant))]


def fix(assignment: Assignment, sources: Mapping[str, bytes]) -> list[str]:
    """Write new texts into `mutants.toml` where only names or spaces of the reference have moved; of which mutants.

    A text that is spread over several lines of the file is left to its author.
    """
    known, path, fixed = mutants(assignment), assignment.folder / FILE, list[str]()
    text = path.read_text(encoding="utf-8")
    for again in filter(None, (refitted(sources, mutant) for mutant in known)):
        written = _written_again(text, again)
        if _tells(written, again):
            text = written
            fixed.append(again.name)
    if fixed:
        path.write_text(text, encoding="utf-8")
    return fixed


def _tells(text: str, mutant: Mutant) -> bool:
    """Whether this `mutants.toml` can be read and holds this mutant."""
    try:
        return mutant in _parsed(FILE, text)
    except AssignmentFault:
        return False


def _misfit(sources: Mapping[str, bytes], mutant: Mutant) -> str:
    if mutant.file not in sources:
        near = difflib.get_close_matches(mutant.file, sources, 1)
        meant = f"; {near[0]} may be meant" if near else ""
        return f"mutant {mutant.name}: the reference of this assignment has no file {mutant.file}{meant}"
    text = sources[mutant.file].decode()
    if mutant.find == mutant.replace:
        return f"mutant {mutant.name}: find and replace are the same text"
    if (times := text.count(mutant.find)) == 1:
        return ""
    if times > 1:
        lines = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(re.escape(mutant.find), text)]
        places = ", ".join(map(str, lines))
        return f"mutant {mutant.name}: its text stands {times} times in {mutant.file}, lines {places}"
    return f"mutant {mutant.name}: its text is not in {mutant.file}; {_nearest(text, mutant.find)}"


def _nearest(text: str, find: str) -> str:
    """Which line holds most of the first one of a text that is looked for."""
    wanted = next((line.strip() for line in find.splitlines() if line.strip()), find)
    lines = text.splitlines()
    shares = [_share(wanted, line) for line in lines]
    best = max(range(len(lines)), key=shares.__getitem__, default=None)
    if best is None or shares[best] < _LIKE:
        return f"nothing there is like {wanted!r}"
    return f"the nearest line is {best + 1}: {lines[best].strip()}"


def _share(wanted: str, line: str) -> float:
    """How much of a text stands in a line, in its order."""
    blocks = difflib.SequenceMatcher(None, wanted, line, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def refitted(sources: Mapping[str, bytes], mutant: Mutant) -> Mutant | None:
    """The mutant with the texts that stand in the reference today, where only names or spaces have moved.

    None where it fits already, where no place or more than one is equally like it, or where the result is no Python.
    """
    text = sources.get(mutant.file, b"").decode()
    if not text or text.count(mutant.find) == 1:
        return None
    places = sorted(_places(text, mutant.find), key=lambda place: len(place[1]))
    if not places or (len(places) > 1 and len(places[0][1]) == len(places[1][1])):
        return None
    find, renamed = places[0]
    again = replace(mutant, find=find, replace=_TOKEN.sub(lambda m: renamed.get(m[0], m[0]), mutant.replace))
    if text.count(find) != 1:
        return None
    try:
        ast.parse(text.replace(again.find, again.replace))
    except SyntaxError:
        return None
    return again


def _places(text: str, find: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Where the tokens of ``find`` stand, but for names: the text there, and which name has become which."""
    wanted, there = _TOKEN.findall(find), list(_TOKEN.finditer(text))
    for begin in range(len(there) - len(wanted) + 1 if wanted else 0):
        window = there[begin : begin + len(wanted)]
        renamed = _renamed(wanted, [match[0] for match in window])
        if renamed is not None:
            start, end = window[0].start(), window[-1].end()
            if find[0].isspace():
                start = len(text[:start].rstrip(" "))
            while end < len(text) and find[-1].isspace() and text[end].isspace():
                end += 1
            yield text[start:end], renamed


def _renamed(wanted: list[str], there: list[str]) -> dict[str, str] | None:
    """Old name -> new name, the same everywhere; None where anything else differs, or nearly everything."""
    names: dict[str, str] = {}
    for old, new in zip(wanted, there, strict=True):
        if names.setdefault(old, new) != new or (old != new and not (_is_name(old) and _is_name(new))):
            return None
    changed = {old: new for old, new in names.items() if old != new}
    same = sum(old == new for old, new in zip(wanted, there, strict=True))
    injective = len(set(names.values())) == len(names)
    return changed if injective and same >= _SAME * len(wanted) else None


def _is_name(token: str) -> bool:
    return token.isidentifier() and not keyword.iskeyword(token)


def _written_again(text: str, mutant: Mutant) -> str:
    """A `mutants.toml` with the texts of this mutant, each on one line; all else stays as it stands."""
    lines, name = text.splitlines(keepends=True), ""
    for number, line in enumerate(lines):
        if head := _HEAD.fullmatch(line):
            name = head[1] or head[2]
        key, equals, _ = line.partition(" = ")
        if name == mutant.name and equals and key in _TEXTS:
            lines[number] = f"{key} = {json.dumps(getattr(mutant, key), ensure_ascii=False)}\n"
    return "".join(lines)
