"""The files of an upload by its kind: one module, one notebook, or a zip of modules.

This reads what may be hostile, and `main` does it in a process of its own (`grader.harness.parsers`). Nothing is
executed, nothing is written to the disk, and no archive is believed about its sizes: bytes are counted while they are
inflated, and what unpacking would take of memory is looked at before.
"""

from __future__ import annotations

import io
import json
import stat
import struct
import sys
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from grader.core.errors import BadInput
from grader.core.submission import Submission
from grader.core.text import clean
from grader.harness import notebooks
from grader.harness.bounds import DEFAULT, MIB

ENTRY = "solution.py"

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)
}
_NAME_BYTES, _PATH_CHARACTERS = 200, 300
_NOT_CODE = ("__MACOSX/", "__pycache__/", ".ipynb_checkpoints/")
_METHODS = {
    1: "Shrink", 6: "Implode", 9: "Deflate64", 10: "DCL Implode", 20: "Zstandard", 93: "Zstandard", 95: "XZ",
    96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES",
}  # fmt: skip
_LOCAL_HEADER = struct.Struct("<26xHH")  # of a member: the lengths of name and extra field, after which its data begins
_LZMA_HEADER = struct.Struct("<2xHBI")  # the properties' length, the literal coder's, the dictionary's size


def main() -> None:
    """Read a line with the file's name as JSON and then the file; tell its files, or why it is refused."""
    name = json.loads(sys.stdin.buffer.readline())
    try:
        found = read(name, sys.stdin.buffer.read())
        told = {"entry": found.entry, "files": {path: text.decode("latin-1") for path, text in found.files.items()}}
    except BadInput as refusal:
        told = {"refused": [str(refusal), refusal.ru]}
    print(json.dumps(told))


def read(filename: str, content: bytes) -> Submission:
    """The files of an upload by its kind, without looking at what they define. Raises BadInput."""
    name = safe_name(PurePosixPath(filename.replace("\\", "/")).name)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".py":
        return Submission(name, {name: _source(name, content)})
    if suffix == ".ipynb":
        return Submission(name, {name: _source(name, notebooks.to_source(name, content))})
    if suffix == ".zip":
        return _from_zip(name, content)
    raise BadInput(
        f"{name}: a solution is a .py file, an .ipynb notebook, or a .zip of .py files.",
        ru=f"{name}: решение — это файл .py, ноутбук .ipynb или архив .zip с файлами .py.",
    )


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


def _source(name: str, content: bytes) -> bytes:
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


def _from_zip(name: str, content: bytes) -> Submission:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise BadInput(
            f"{name} is not a readable zip archive ({type(error).__name__}).",
            ru=f"{name} не читается как архив zip ({type(error).__name__}).",
        ) from None
    if len(members) > DEFAULT.members:
        raise BadInput(
            f"{name} holds {len(members)} files; at most {DEFAULT.members} are accepted.",
            ru=f"В {name} файлов: {len(members)}; принимается не больше {DEFAULT.members}.",
        )
    found = dict(_members(name, members))
    _check_places(name, members, found)
    files: dict[str, bytes] = {}
    left = DEFAULT.source_bytes
    for path, member in found.items():
        _check_method(name, path, member, content)
        inflated = _read_at_most(name, archive, member, left)
        left -= len(inflated)
        files[path] = _source(path, inflated)
    return Submission(_entry(name, files), files)


def _members(name: str, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The modules of an archive by their paths, names in composed form; raises BadInput for one that is there twice.

    Two names are the same where some system would take them for the same: in capitals, composed or not, of full width
    (Python itself looks for a module by its compatible form).
    """
    seen: dict[str, str] = {}
    for member in members:
        if member.filename.endswith("/"):
            continue
        path = _member_path(name, member)
        if any(part in f"{path}/" for part in _NOT_CODE) or PurePosixPath(path).name == ".DS_Store":
            continue
        path = _check_member(name, path, member)
        if (earlier := seen.get(_alike(path))) is not None:
            same = earlier == path
            raise BadInput(
                f"{name} holds {path} twice{'' if same else f', as {earlier} too'}.",
                ru=f"В {name} файл {path} встречается дважды{'' if same else f', ещё как {earlier}'}.",
            )
        seen[_alike(path)] = path
        yield path, member


def _alike(path: str) -> str:
    """What all spellings of one path have in common."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def _check_places(name: str, members: list[zipfile.ZipInfo], found: Mapping[str, zipfile.ZipInfo]) -> None:
    """Raise BadInput where one name is a file and a folder."""
    folders = {_alike(str(parent)) for path in found for parent in PurePosixPath(path).parents}
    folders |= {_alike(m.filename.replace("\\", "/").rstrip("/")) for m in members if m.filename.endswith("/")}
    for path in found:
        if _alike(path) in folders:
            raise BadInput(
                f"{name} holds {path} as a file and as a folder.", ru=f"В {name} имя {path} — и файл, и папка."
            )


def _member_path(name: str, member: zipfile.ZipInfo) -> str:
    """The member's path, once it is known to stay inside the folder it is put into."""
    path = member.filename.replace("\\", "/")
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ":" in path or ".." in parts or len(parts) > 8 or "\0" in member.orig_filename:
        raise BadInput(
            f"{name} holds {clean(path, limit=100)!r}, a path that leads outside.",
            ru=f"В {name} есть путь {clean(path, limit=100)!r}, ведущий наружу.",
        )
    if member.flag_bits & 0x1:
        raise BadInput(
            f"{name} is encrypted: upload it without a password.",
            ru=f"Архив {name} зашифрован: загрузите его без пароля.",
        )
    mode = member.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise BadInput(
            f"{name} holds {clean(path, limit=100)!r}, which is not an ordinary file (a link?).",
            ru=f"В {name} есть {clean(path, limit=100)!r} — это не обычный файл (ссылка?).",
        )
    return path


def _check_member(name: str, path: str, member: zipfile.ZipInfo) -> str:
    """The path with its names in composed form. Raises BadInput for a name that cannot be kept, or is no module's."""
    path = "/".join(safe_name(part) for part in PurePosixPath(path).parts)
    if len(path) > _PATH_CHARACTERS:
        raise BadInput(
            f"{name} holds {clean(path, limit=60)}, a path of more than {_PATH_CHARACTERS} characters.",
            ru=f"В {name} есть путь {clean(path, limit=60)}: в нём больше {_PATH_CHARACTERS} символов.",
        )
    if PurePosixPath(path).suffix != ".py":
        raise BadInput(
            f"{name} holds {path}: only .py files are accepted in an archive.",
            ru=f"В {name} есть {path}: в архиве принимаются только файлы .py.",
        )
    return path


def _check_method(name: str, path: str, member: zipfile.ZipInfo, content: bytes) -> None:
    """Raise BadInput for a method of packing that is not read here, or that would ask for too much memory."""
    if member.compress_type == zipfile.ZIP_LZMA:
        _check_dictionary(name, path, member, content)
    elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2):
        method = _METHODS.get(member.compress_type, f"{member.compress_type}")
        raise BadInput(
            f"{name}: {path} is packed by the method {method}, which is not read here: make an ordinary zip (Deflate).",
            ru=f"{name}: файл {path} упакован методом {method}, здесь он не читается: "
            "сделайте обычный архив zip (Deflate).",
        )


def _check_dictionary(name: str, path: str, member: zipfile.ZipInfo, content: bytes) -> None:
    """LZMA keeps as much in memory as the archive says, before a byte is unpacked: look at what it says."""
    try:
        name_bytes, extra_bytes = _LOCAL_HEADER.unpack_from(content, member.header_offset)
        begin = member.header_offset + _LOCAL_HEADER.size + name_bytes + extra_bytes
        properties, _coder, dictionary = _LZMA_HEADER.unpack_from(content, begin)
    except struct.error:
        properties = dictionary = -1
    if properties == 5 and dictionary <= DEFAULT.zip_window_bytes:
        return
    most = DEFAULT.zip_window_bytes // MIB
    raise BadInput(
        f"{name}: {path} is packed by LZMA with a dictionary of more than {most} MiB: make an ordinary zip (Deflate).",
        ru=f"{name}: файл {path} упакован методом LZMA со словарём больше {most} МиБ: "
        "сделайте обычный архив zip (Deflate).",
    )


def _read_at_most(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """A member's bytes, counted as they come: what the archive says of their number is not believed."""
    try:
        with archive.open(member) as stream:
            inflated = stream.read(left + 1)
    except Exception as error:  # zlib, CRC, unsupported method, overlapping entries: an archive nobody can use
        inside, kind = clean(member.filename, limit=100), type(error).__name__
        raise BadInput(
            f"{name}: {inside} cannot be read ({kind}).", ru=f"{name}: файл {inside} не читается ({kind})."
        ) from None
    if len(inflated) > left:
        raise BadInput(
            f"{name} holds more than {DEFAULT.source_bytes:,} bytes once it is unpacked.",
            ru=f"После распаковки в {name} больше {DEFAULT.source_bytes} байт.",
        )
    return inflated


def _entry(name: str, files: Mapping[str, bytes]) -> str:
    """Which module is imported: solution.py at the top, else the only module there."""
    top = [path for path in files if "/" not in path]
    if ENTRY in top:
        return ENTRY
    if len(top) == 1:
        return top[0]
    raise BadInput(
        f"{name}: put a module called {ENTRY} at the top of the archive; it defines the required names.",
        ru=f"{name}: положите в корень архива модуль {ENTRY}, в котором определены требуемые имена.",
    )
