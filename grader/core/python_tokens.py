"""Python source as tokens that can be compared: renamed, reformatted or commented code gives the same ones. Pure.

Names of one's own are all alike, and so are numbers and texts; comments and docstrings are dropped. Keywords,
built-ins, and what is called on an imported module keep their names.
"""

from __future__ import annotations

import builtins
import io
import keyword
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 60_000  # of one submission: more is not written by hand

Place = tuple[str, int]  # file and line

_DROPPED = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER, tokenize.INDENT, tokenize.DEDENT}
_BETWEEN = {tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT}
_KEPT_NAMES = frozenset(keyword.kwlist) | frozenset(name for name in dir(builtins) if not name.startswith("_"))


@dataclass(frozen=True)
class Token:
    """A token as it is compared, and where it stands."""

    text: str
    place: Place


def tokens_of(path: str, source: str) -> list[Token]:
    """The tokens that are compared. What cannot be read as Python ends the file there, and is no error."""
    read: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            read.append(token)
            if len(read) > 2 * MOST:
                break
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return [Token(text, (path, token.start[0])) for token, text in _normalised(read)]


def _normalised(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tuple[tokenize.TokenInfo, str]]:
    """Every token that counts with its text: names of one's own are all alike, and so are literals."""
    imported = _imported(tokens)
    kept = [token for token in tokens if token.type not in _DROPPED]
    module = False  # whether we are in a chain of names that began with an imported module
    for place, token in enumerate(kept):
        if token.type == tokenize.NAME:
            after_dot = place > 0 and kept[place - 1].string == "."
            module = token.string in imported if not after_dot else module
            known = (after_dot and module) or (not after_dot and token.string in _KEPT_NAMES)
            yield token, token.string if known else "module" if module and not after_dot else "name"
            continue
        module = module and token.string == "."
        if token.type == tokenize.NUMBER:
            yield token, "number"
        elif token.type == tokenize.STRING or tokenize.tok_name[token.type].startswith("FSTRING"):
            if not _is_docstring(kept, place):
                yield token, "text"
        elif token.type != tokenize.NEWLINE:
            yield token, token.string


def _imported(tokens: Sequence[tokenize.TokenInfo]) -> frozenset[str]:
    """The names that `import a.b as c, d` binds to modules: c and d."""
    names: set[str] = set()
    for place, token in enumerate(tokens):
        begins = place == 0 or tokens[place - 1].type in _BETWEEN or tokens[place - 1].string == ";"
        if token.string != "import" or not begins:
            continue
        line = " ".join(t.string for t in tokens[place + 1 : place + 60] if t.start[0] == token.start[0])
        for part in line.partition(";")[0].split(","):
            words = part.split()
            if words:
                names.add(words[-1] if "as" in words else words[0])
    return frozenset(names)


def _is_docstring(tokens: Sequence[tokenize.TokenInfo], place: int) -> bool:
    """A text that stands alone in its statement says nothing to the machine."""
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    begins = before is None or before.type == tokenize.NEWLINE
    return begins and (after is None or after.type == tokenize.NEWLINE)
