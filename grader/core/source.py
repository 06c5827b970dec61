"""Python source as its top-level statements: what each defines and uses, where it stands, and what its words are.

It is read by tokens, in a time that grows with its length and no faster, and is never compiled: it may be a student's.
What cannot be read as Python, and what comes after very many tokens, is text without names; so is a very long file.
"""

from __future__ import annotations

import keyword
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Word = Literal["keyword", "text", "comment"]

MOST, LONGEST = 30_000, 200_000  # tokens, and characters, of one file: more is not written by hand
_LINE_END = re.compile(r"\r\n|\r|\n")  # Python's own
_LAYOUT = {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING}
_GOES_ON = {"else", "elif", "except", "finally"}  # the statement before it


@dataclass(frozen=True)
class Statement:
    """A statement at the top of a module with its decorators; lines are counted from 1, the last one is within it."""

    first: int
    last: int
    defines: frozenset[str]
    uses: frozenset[str]
    imports: bool = False


@dataclass(frozen=True)
class Span:
    """Some characters of a line that are of one kind."""

    begin: int
    end: int
    word: Word


class Source:
    """A file of source."""

    def __init__(self, content: bytes | str) -> None:
        self.text = content if isinstance(content, str) else content.decode("utf-8-sig", errors="replace")
        self.lines = _LINE_END.split(self.text)
        if not self.lines[-1]:
            self.lines.pop()

    @cached_property
    def statements(self) -> list[Statement]:
        return list(_statements(self._tokens))

    @cached_property
    def spans(self) -> Mapping[int, list[Span]]:
        """By line what is to be set apart, from left to right."""
        found: dict[int, list[Span]] = {}
        for token in self._tokens:
            word = _word(token)
            if word is None:
                continue
            for line in range(token.start[0], token.end[0] + 1):
                begin = token.start[1] if line == token.start[0] else 0
                end = token.end[1] if line == token.end[0] else len(self.lines[line - 1])
                if end > begin:
                    found.setdefault(line, []).append(Span(begin, end, word))
        return found

    def definition(self, name: str) -> list[Statement]:
        """The statements that define a name, imports apart; none where it is not defined here."""
        return [one for one in self.statements if name in one.defines and not one.imports]

    def needed(self, name: str) -> list[Statement]:
        """These, and all others of the module that they use, in the order of the module; without imports."""
        chosen: set[Statement] = set()
        waiting, seen = [name], {name}
        while waiting:
            for one in self._by_name.get(waiting.pop(), ()):
                if one not in chosen:
                    chosen.add(one)
                    waiting += one.uses - seen
                    seen |= one.uses
        return sorted(chosen, key=lambda one: one.first)

    @cached_property
    def _by_name(self) -> Mapping[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for one in self.statements:
            for name in one.defines if not one.imports else ():
                found.setdefault(name, []).append(one)
        return found

    @cached_property
    def _tokens(self) -> list[tokenize.TokenInfo]:
        read: list[tokenize.TokenInfo] = []
        if sum(len(line) + 1 for line in self.lines) > LONGEST:
            return read
        lines = iter([line + "\n" for line in self.lines])
        try:
            for token in tokenize.generate_tokens(lambda: next(lines, "")):
                read.append(token)
                if len(read) >= MOST:
                    break
        except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
            pass
        return read


def find(files: Mapping[str, Source], entry: str, name: str) -> str | None:
    """The file that defines a name: the entry, or else another one; None where no file does."""
    if entry not in files:
        return None
    return next((path for path in (entry, *files) if files[path].definition(name)), None)


def _statements(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[Statement]:
    """Logical lines at the top, each with the block below it; decorators and `else` belong to their neighbours."""
    parts: list[list[tokenize.TokenInfo]] = []
    depth, line, joins = 0, list[tokenize.TokenInfo](), False
    for token in tokens:
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        if token.type in _LAYOUT:
            continue
        line.append(token)
        if token.type != tokenize.NEWLINE:
            continue
        if parts and (joins or depth or line[0].string in _GOES_ON):
            parts[-1] += line
        else:
            parts.append(line)
        joins, line = line[0].string == "@" and not depth, []
    yield from (_statement(part) for part in parts)


def _statement(tokens: list[tokenize.TokenInfo]) -> Statement:
    words = [token for token in tokens if token.type == tokenize.NAME]
    first = tokens[0].string
    uses = {
        token.string
        for before, token in zip([None, *tokens], tokens, strict=False)
        if token.type == tokenize.NAME and not (before is not None and before.string == ".")
    }
    return Statement(
        first=tokens[0].start[0],
        last=tokens[-1].start[0],
        defines=frozenset(_defined(tokens)),
        uses=frozenset(uses - set(keyword.kwlist)),
        imports=bool(words) and first in ("import", "from"),
    )


def _defined(tokens: list[tokenize.TokenInfo]) -> Iterator[str]:
    """The names that a statement binds at the top; of a function or a class only its own."""
    lines = _logical_lines(tokens)
    for line in lines:
        words = [token.string for token in line]
        if words[0] == "@":
            continue
        if words[0] == "async":
            words = words[1:]
        if words[0] in ("def", "class") and len(words) > 1:
            yield words[1]
            if line[0].start[1] == 0:
                return
        elif words[0] in ("import", "from"):
            yield from _imported(words)
        else:
            yield from _assigned(line)


def _logical_lines(tokens: list[tokenize.TokenInfo]) -> Iterator[list[tokenize.TokenInfo]]:
    line: list[tokenize.TokenInfo] = []
    for token in tokens:
        if token.type == tokenize.NEWLINE:
            if line:
                yield line
            line = []
        else:
            line.append(token)


def _imported(words: list[str]) -> Iterator[str]:
    """What an import binds: the names after `import`, or those that they get by `as`."""
    names = words[words.index("import") + 1 :] if "import" in words else []
    for place, word in enumerate(names):
        ends = place + 1 == len(names) or names[place + 1] in (",", ")")
        if word.isidentifier() and ends:
            yield word


def _assigned(line: list[tokenize.TokenInfo]) -> Iterator[str]:
    """The names before the last `=` that stands outside of brackets, or before the colon of an annotation."""
    depth, last = 0, 0
    for place, token in enumerate(line):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if depth == 0 and token.type == tokenize.OP and token.string == "=":
            last = place
    annotated = len(line) > 1 and line[0].type == tokenize.NAME and line[1].string == ":"
    if annotated and not keyword.iskeyword(line[0].string):
        yield line[0].string
        return
    for before, token in zip([None, *line], line[:last], strict=False):
        dotted = before is not None and before.string == "."
        if token.type == tokenize.NAME and not dotted and not keyword.iskeyword(token.string):
            yield token.string


def _word(token: tokenize.TokenInfo) -> Word | None:
    if token.type == tokenize.COMMENT:
        return "comment"
    if token.type == tokenize.STRING or tokenize.tok_name[token.type].startswith("FSTRING"):
        return "text"
    return "keyword" if token.type == tokenize.NAME and keyword.iskeyword(token.string) else None
