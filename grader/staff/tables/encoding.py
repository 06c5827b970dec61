"""The text of a file whose encoding nobody has said: Unicode by its marks, UTF-8, or one of the old 8-bit encodings.

An 8-bit encoding is told by the names of columns that can be read in it, and by its letters. Bytes read in a wrong one
give letters that Russian seldom has, capitals within words, lines of frames, or Cyrillic letters in Latin words.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from grader.core.errors import BadInput
from grader.staff.tables import words

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first of those that fit equally well is taken: Windows is what most files come from.
EIGHT_BIT = {
    "cp1251": "Windows-1251",
    "cp866": "CP866 (DOS)",
    "koi8-r": "KOI8-R",
    "mac-cyrillic": "Mac Cyrillic",
    "cp1252": "Windows-1252",
}
# Letters of Russian by how often they come; the first ones are more than half of a text.
_OFTEN, _SOMETIMES = frozenset("оеаинтсрвл"), frozenset("кмдпуяыьгзбчйхжшюцщэфъё")
_NEIGHBOURS = frozenset("іїєґў")  # of Ukrainian and Belarusian
_SIGNS = frozenset("№«»–—…“”’\u00a0§°•€©®±")  # what tables hold beside letters
_WORD = re.compile(r"[^\W\d_]+")
_CELL = re.compile(r"[^,;|\t\r\n]+")
_HEAD = 4000  # bytes among which names of columns are looked for
_COLUMNS = frozenset(word for word in (*words.PEOPLE, *words.THEORY, *words.BONUS) if not word.isascii())


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text, and what its 8-bit encoding is called (empty for Unicode). Raises BadInput where it is no text."""
    encoding, rest = _marked(content)
    if not encoding:
        encoding = _unmarked_utf16(content) or "utf-8"
    try:
        return rest.decode(encoding).lstrip("\ufeff"), ""
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or rest is not content or b"\0" in content or _broken_utf8(content):
            raise _no_text(content, name, error) from error
    encoding = max(EIGHT_BIT, key=lambda one: _likelihood(content, one))
    return content.decode(encoding, errors="replace"), EIGHT_BIT[encoding]


def _marked(content: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, content[len(mark) :]
    return "", content


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without a mark: separators and Latin letters have a zero for a byte, no other text has any."""
    zeros = (content[0::2].count(0), content[1::2].count(0))
    if max(zeros) < max(2, len(content) / 30) or min(zeros) * 4 > max(zeros):
        return ""
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _broken_utf8(content: bytes) -> bool:
    """Whether it is UTF-8 that was damaged: most of what is not ASCII can be read as such."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(ord(letter) > 127 for letter in text) - broken > 2 * broken


def _no_text(content: bytes, name: str, error: UnicodeDecodeError) -> BadInput:
    line = content.count(b"\n", 0, error.start) + 1
    return BadInput(
        f"{name} is no text: line {line} is neither UTF-8 nor UTF-16. Save the table once more, as XLSX or CSV.",
        ru=f"{name}: это не текст, строка {line} не в UTF-8 и не в UTF-16. Сохраните таблицу ещё раз, в XLSX или CSV.",
    )


def _likelihood(content: bytes, encoding: str) -> float:
    """How well the text reads in this encoding: a sum over its letters that are not ASCII."""
    text = unicodedata.normalize("NFC", content.decode(encoding, errors="replace"))
    score = 10.0 * sum(words.key(match.group()) in _COLUMNS for match in _CELL.finditer(text[:_HEAD]))
    score += sum(_sign(letter) for letter in text if ord(letter) > 127 and not letter.isalpha())
    return score + sum(_word(match.group()) for match in _WORD.finditer(text) if not match.group().isascii())


def _sign(sign: str) -> float:
    return 0.1 if sign in _SIGNS else -3.0


def _word(word: str) -> float:
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in word)
    odd_capitals = 0 if word.isupper() else sum(letter.isupper() for letter in word[1:])
    if not cyrillic:  # a Western name has an accent here and there; a Russian one read as such has nothing else
        accents = sum(ord(letter) > 127 for letter in word)
        return (1.0 if accents * 2 <= len(word) else -2.0) * accents - 2 * odd_capitals
    if cyrillic < len(word):
        return -1.0 * cyrillic
    return sum(_letter(letter) for letter in word.lower()) - 2 * odd_capitals


def _letter(letter: str) -> float:
    if letter in _OFTEN:
        return 1.5
    return 0.5 if letter in _SOMETIMES else -0.5 if letter in _NEIGHBOURS else -3.0
