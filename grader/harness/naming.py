"""What names of files are kept, and which bytes are a module's source."""

from __future__ import annotations

import unicodedata

from grader.core.errors import BadInput
from grader.core.text import clean
from grader.harness.bounds import DEFAULT

ENTRY = "solution.py"

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)
}
_NAME_BYTES = 200


def safe_name(name: str) -> str:
    """A file's name in its composed form (NFC), if it can be shown and kept. Raises BadInput for one that cannot."""
    text = unicodedata.normalize("NFC", name)
    if (
        not text
        or text != clean(text, limit=100)
        or any(c in '<>:"|?*\\\n\t' for c in text)
        or len(text.encode()) > _NAME_BYTES
    ):
        raise BadInput(
            f"The file's name {clean(name, limit=100)!r} cannot be used: give it a plain, short name.",
            ru=f"Имя файла {clean(name, limit=100)!r} не подходит: дайте простое короткое имя.",
        )
    stem = unicodedata.normalize("NFKC", text).split(".")[0].strip().lower()
    if text.startswith((".", "-")) or stem in _RESERVED or not stem or text != text.strip() or text.endswith("."):
        raise BadInput(
            f"The file's name {text!r} cannot be used: give it a plain name such as {ENTRY}.",
            ru=f"Имя файла {text!r} не подходит: назовите его просто, например {ENTRY}.",
        )
    return text


def check_source(name: str, content: bytes) -> bytes:
    """A module's bytes, once they are known to be text in UTF-8 without NUL, and not too long."""
    if len(content) > DEFAULT.source_bytes:
        raise BadInput(
            f"{name} has {len(content):,} bytes; at most {DEFAULT.source_bytes:,} are accepted.",
            ru=f"В {name} {len(content)} байт; принимается не больше {DEFAULT.source_bytes}.",
        )
    plain = content.removeprefix(b"\xef\xbb\xbf")
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} is not text in UTF-8 (byte {error.start}): save it as UTF-8.",
            ru=f"{name} — не текст в кодировке UTF-8 (байт {error.start}): сохраните его в UTF-8.",
        ) from None
    if b"\0" in plain:
        raise BadInput(
            f"{name} holds a NUL byte: it is not Python source.",
            ru=f"В {name} есть нулевой байт: это не исходный текст на Python.",
        )
    return plain
