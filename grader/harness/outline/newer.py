"""Whether source that does not parse looks like syntax of a Python that came later than this one.

A guess by the text at the error's line, for a sentence that says so; where it is wrong, the error stands beside it.
"""

from __future__ import annotations

import re

_PATTERNS = (
    ("3.12", re.compile(r"\s*type\s+\w+\s*(\[[^\]]*\])?\s*=")),
    ("3.12", re.compile(r"\s*(async\s+)?def\s+\w+\s*\[")),
    ("3.12", re.compile(r"\s*class\s+\w+\s*\[")),
    ("3.14", re.compile(r"\s*except\*?\s+(\w+\.)*[A-Z]\w*\s*(,\s*(\w+\.)*[A-Z]\w*\s*)+:")),
    ("3.14", re.compile(r""".*(?<![\w"'])([tT][rR]?|[rR][tT])("|')""")),
)
_ONLY_SINCE = re.compile(r"only supported in Python (3\.\d+) and greater")
_SAID = ("cannot include a backslash", "expressions nested too deeply")
_TEXT = re.compile(r"""(?<![\w"'])([rR]?[fF][rR]?)('''|\"\"\"|'|")""")
_STRING = re.compile(r"""[rRbBuU]{0,2}('''|\"\"\"|'|")""")
_FAR = 20  # lines after the error, and a few before, in which such a text may lie


def looks_newer(source: str, line: int, said: str) -> str:
    """The version that the syntax seems to need; empty where it is an ordinary mistake."""
    if told := _ONLY_SINCE.search(said):
        return told[1]
    lines = source.split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    for version, pattern in _PATTERNS:
        if pattern.match(text):
            return version
    if any(part in said for part in _SAID):
        return "3.12"
    around = "\n".join(lines[max(0, line - 1) : line + _FAR])
    before = "\n".join(lines[max(0, line - 4) : line + _FAR])
    return "3.12" if any(map(_has_nested_quotes, (around, before))) else ""


def _has_nested_quotes(text: str) -> bool:
    """Whether an f-string is closed only where its own quotes, or a line's end, may stand in its fields."""
    at = 0
    while found := _TEXT.search(text, at):
        end, nested = _end(text, found.end(), found[2])
        if nested and end:
            return True
        at = end or found.end()
    return False


def _end(text: str, at: int, quote: str) -> tuple[int, bool]:
    """Where an f-string ends that began before ``at``, 0 where it does not; and whether it has such a field."""
    nested = False
    while at < len(text):
        if text.startswith(quote, at):
            return at + len(quote), nested
        if text.startswith(("{{", "}}", "\\"), at):
            at += 2
        elif text[at] == "{":
            at, inner = _field_end(text, at + 1, quote)
            if not at:
                return 0, nested
            nested = nested or inner
        elif text[at] == "\n" and len(quote) == 1:
            return 0, nested
        else:
            at += 1
    return 0, nested


def _field_end(text: str, at: int, quote: str) -> tuple[int, bool]:
    """Where a field ends, 0 where it does not; and whether it holds what earlier versions do not take."""
    depth, nested = 1, False
    while at < len(text):
        if found := _STRING.match(text, at):
            end = text.find(found[1], found.end())
            if end < 0 or (len(found[1]) == 1 and "\n" in text[at:end]):
                return 0, nested
            nested = nested or found[1] == quote
            at = end + len(found[1])
            continue
        depth += {"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1}.get(text[at], 0)
        nested = nested or (text[at] == "\n" and len(quote) == 1)
        at += 1
        if not depth:
            return at, nested
    return 0, nested
