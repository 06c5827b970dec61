"""The code of a notebook's cell as Python: what Jupyter alone understands is left out, or refused. Pure.

What only displays, plots, measures or installs is left out, with a note. Everything else of this kind (`%run`, `!wget`,
`%%bash`, …) raises Command, since nobody can tell what the code after it would miss. Lines keep their numbers.
"""

from __future__ import annotations
import __future__

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from grader.core.report import Bilingual
from grader.core.text import clean
from grader.harness.outline.libraries import words

_SHOWN = 5  # commands that a note names
_LINE_END = re.compile(r"\r\n|\r|\n")
_OPENS = re.compile(r"""('''|\"\"\"|'|")|[#()\[\]{}]|\\$""")
_MAGIC = re.compile(r"(%{1,2})\s*(\w+)\s*(.*)", re.DOTALL)
_INSTALLS = re.compile(r"!{1,2}\s*(pip3?|conda|mamba|uv\s+pip|(python3?|\{?\s*sys\.executable\s*\}?)\s+-m\s+pip)\b")
_ASKS_FOR_HELP = re.compile(r"\?{1,2}%{0,2}[\w.*]+|%{0,2}[A-Za-z_][\w.*]*(\[\w+\])?\?{1,2}")
_TAKES_OUTPUT = re.compile(r"[^#'\"=]*=\s*(%\w|!)")
_FUTURE = re.compile(r"from\s+__future__\s+import\s+\(?([\w\s,]+?),?\s*\)?\s*(#.*)?")
_NOTHING_BUT_SHOWS = words(
    """
    matplotlib config load_ext reload_ext unload_ext autoreload pip conda mamba uv timeit prun lprun mprun memit who
    whos who_ls pwd ls ll lsmagic magic quickref history hist pinfo pinfo2 pdoc pdef psource pfile precision xmode
    colors color pdb tb debug doctest_mode pprint clear cls page automagic alias_magic tensorboard watermark
    """
)
_WITHOUT_VALUE = frozenset({"env", "set_env", "time"})  # then it only shows
_RUNS = frozenset({"time", "capture", "prun"})  # of a whole cell, which then runs as any other
_NO_CODE = words("timeit html HTML javascript js latex markdown svg SVG memit")
_BARE = re.compile(r"(ls|ll|pwd|cat|who|whos|hist|history|clear|cls)((\s+-{0,2}[\w./~*-]+)*)\s*")


class Command(Exception):
    """A line of a cell that is a notebook's command, and no Python; ``line`` counts from 1."""

    def __init__(self, text: str, line: int) -> None:
        super().__init__(text)
        self.text = text
        self.line = line


@dataclass(frozen=True)
class Line:
    """A line of a cell; whether a statement may begin on it."""

    text: str
    begins: bool


@dataclass
class Notes:
    """What was left out, with its cell; ``bare`` are words that are commands, as nothing else is called so."""

    bare: frozenset[str] = frozenset()
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def told(self, name: str) -> Iterator[Bilingual]:
        """The notes for people."""
        if not self.left_out:
            return
        shown, more = self.left_out[:_SHOWN], len(self.left_out) - _SHOWN
        english = ", ".join(f"{clean(text, limit=40)} (cell {cell})" for cell, text in shown)
        russian = ", ".join(f"{clean(text, limit=40)} (ячейка {cell})" for cell, text in shown)
        yield {
            "en": f"{name}: notebook commands are left out: {english}{f' and {more} more' if more > 0 else ''}.",
            "ru": f"{name}: команды ноутбука пропущены: {russian}{f' и ещё {more}' if more > 0 else ''}.",
        }


def bare_commands(sources: Iterable[str]) -> frozenset[str]:
    """The words, of those that Jupyter takes for commands, which stand in these cells as commands alone."""
    text = "\n".join(sources)
    alone: dict[str, int] = {}
    for line in _LINE_END.split(text):
        if found := _BARE.fullmatch(line):
            alone[found[1]] = alone.get(found[1], 0) + len(re.findall(rf"\b{found[1]}\b", line))
    return frozenset(word for word, count in alone.items() if len(re.findall(rf"\b{word}\b", text)) == count)


def plain(source: str, notes: Notes, cell: int) -> list[Line]:
    """The cell's lines without its commands. Raises Command for one that cannot be left out."""
    lines = _undented(_LINE_END.split(source))
    made: list[Line] = []
    state, in_command = _State(), False
    for number, text in enumerate(_after_cell_magics(lines, notes, cell), start=1):
        begins = state.is_between and not in_command
        kept = _without_command(text, number, notes, cell) if begins else f"# {text}" if in_command else text
        in_command = kept != text and text.rstrip().endswith("\\")
        state.take(kept)
        made.append(Line(kept, begins))
    return made


def split_futures(lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """The lines without `from __future__ import`, which Jupyter takes in any cell; and what these lines asked for."""
    texts = [line.text for line in lines]
    asked: list[str] = []
    begins = [number for number, line in enumerate(lines) if line.begins] + [len(lines)]
    for first, after in pairwise(begins):
        found = _FUTURE.fullmatch("\n".join(_code_of(text) for text in texts[first:after]).strip())
        names = re.findall(r"[^\s,]+", found[1]) if found and not texts[first][:1].isspace() else []
        if names and set(names) <= set(__future__.all_feature_names):
            asked += names
            texts[first:after] = [f"pass  # {texts[first]}", *(f"# {text}" for text in texts[first + 1 : after])]
    return texts, asked


def _code_of(text: str) -> str:
    """A line of an import without its comment, and without the backslash that continues it."""
    return text.partition("#")[0].rstrip().removesuffix("\\")


def _undented(lines: list[str]) -> list[str]:
    """As Jupyter does: what the first line is indented by, is taken from all that have it."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines] if indent else lines


def _after_cell_magics(lines: list[str], notes: Notes, cell: int) -> list[str]:
    """The lines of a cell of which a first line `%%…` has been seen to."""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if not line.startswith("%%"):
            return lines
        found = _MAGIC.fullmatch(line.strip())
        name = found[2] if found else ""
        if name in _NO_CODE:
            notes.left_out.append((cell, line.strip()))
            return [*lines[:number], *(f"# {text}" for text in lines[number:])]
        if name not in _RUNS:
            raise Command(line.strip(), number + 1)
        notes.left_out.append((cell, line.strip()))
        lines = [*lines[:number], f"pass  # {line}", *lines[number + 1 :]]
        return [*lines[: number + 1], *_after_cell_magics(lines[number + 1 :], notes, cell)]
    return lines


def _without_command(text: str, number: int, notes: Notes, cell: int) -> str:
    """A line at which a statement may begin, without its command. Raises Command."""
    command = text.strip()
    indent = text[: len(text) - len(text.lstrip())]
    if command[:1] in ("%", "!", "?") or _ASKS_FOR_HELP.fullmatch(command.rstrip(";")):
        if timed := _timed(command):
            return indent + timed
        if not _only_shows(command):
            raise Command(command, number)
    elif (found := _BARE.fullmatch(text)) and found[1] in notes.bare:
        pass
    elif _TAKES_OUTPUT.match(command):
        raise Command(command, number)
    else:
        return text
    notes.left_out.append((cell, command))
    return f"{indent}pass  # {command}"


def _timed(command: str) -> str:
    """The statement that `%time` runs."""
    found = _MAGIC.fullmatch(command)
    runs = found is not None and (found[1], found[2]) == ("%", "time") and not found[3].startswith("-")
    return found[3] if found is not None and runs else ""


def _only_shows(command: str) -> bool:
    if _INSTALLS.match(command) or _ASKS_FOR_HELP.fullmatch(command.rstrip(";")):
        return True
    found = _MAGIC.fullmatch(command)
    if found is None or found[1] != "%":
        return False
    return found[2] in _NOTHING_BUT_SHOWS or (found[2] in _WITHOUT_VALUE and not found[3])


@dataclass
class _State:
    """Where a line ends: within a text, within brackets, before a line that continues it, or between statements."""

    quote: str = ""
    depth: int = 0
    continues: bool = False

    @property
    def is_between(self) -> bool:
        return not self.quote and not self.depth and not self.continues

    def take(self, line: str) -> None:
        at, self.continues = 0, False
        while at < len(line):
            at = self._in_text(line, at) if self.quote else self._outside(line, at)
        if len(self.quote) == 1 and not line.endswith("\\"):
            self.quote = ""  # it was never closed, which the parser will tell

    def _in_text(self, line: str, at: int) -> int:
        while at < len(line):
            if line[at] == "\\":
                at += 2
            elif line.startswith(self.quote, at):
                at, self.quote = at + len(self.quote), ""
                return at
            else:
                at += 1
        return at

    def _outside(self, line: str, at: int) -> int:
        found = _OPENS.search(line, at)
        if found is None or found[0] == "#":
            return len(line)
        if found[1]:
            self.quote = found[1]
        elif found[0] == "\\":
            self.continues = True
        else:
            self.depth = max(0, self.depth + (1 if found[0] in "([{" else -1))
        return found.end()
