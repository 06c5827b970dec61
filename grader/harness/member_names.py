"""The names in an archive as they were written: many programs do not say in which encoding, and Python takes cp437.

Names of one archive have one encoding. Of UTF-8 (macOS), cp866 (Windows), cp1251 and cp437 the one is chosen that gives
the likeliest text, by how often Russian has its letters. Pure.
"""

from __future__ import annotations

import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from math import log

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # an extra field that holds the name again, in UTF-8
_CANDIDATES = ("utf-8", "cp866", "cp1251", "cp437")
_FREQUENCIES = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (10.97, 8.45, 8.01, 7.35, 6.70, 6.26, 5.47, 4.73, 4.54, 4.40, 3.49, 3.21, 2.98, 2.81, 2.62, 2.01, 1.90, 1.74,
         1.70, 1.65, 1.59, 1.44, 1.21, 0.97, 0.94, 0.73, 0.64, 0.48, 0.36, 0.32, 0.26, 0.04, 0.04),
        strict=True,
    )
)  # fmt: skip
_OTHER_LETTER, _NO_LETTER, _MIXED, _NOTHING = log(0.002), log(0.000_01), log(0.001), log(1e-20)


def names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The name of each member."""
    raw = [_raw(member) for member in members]
    unflagged = [one for one in raw if isinstance(one, bytes)]
    encoding = _encoding(unflagged)
    return [one if isinstance(one, str) else one.decode(encoding, "replace") for one in raw]


def _raw(member: zipfile.ZipInfo) -> str | bytes:
    """The name where it is certain; else its bytes."""
    if member.flag_bits & _UTF8_FLAG or member.orig_filename.isascii():
        return member.orig_filename
    try:
        raw = member.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return member.orig_filename
    return _from_extra(member.extra, raw) or raw


def _from_extra(extra: bytes, raw: bytes) -> str:
    """The name in the extra field for it, where there is one that belongs to this name."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[:1] == b"\1" and field[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "ignore")
    return ""


def _encoding(raw: Sequence[bytes]) -> str:
    text = b"/".join(raw)
    return max(_CANDIDATES, key=lambda encoding: _likelihood(text.decode(encoding, "replace")))


def _likelihood(text: str) -> float:
    """How likely somebody has called files so. A letter counts less beside one of another alphabet."""
    total, before = 0.0, ""
    for letter in unicodedata.normalize("NFC", text):
        now = "" if not letter.isalpha() else "latin" if letter.isascii() else "other"
        if not letter.isascii():
            frequency = _FREQUENCIES.get(letter.lower())
            if frequency is not None:
                total += log(frequency / 100)
            else:
                name = unicodedata.name(letter, "")
                now = "latin" if "LATIN" in name else now
                stands_for_none = not name or letter == "\N{REPLACEMENT CHARACTER}"
                total += _OTHER_LETTER if now else _NOTHING if stands_for_none else _NO_LETTER
        total += _MIXED if before and now and before != now else 0.0
        before = now
    return total
