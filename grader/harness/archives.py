"""A zip of modules, or of a notebook with modules beside it, as systems and people make them.

No archive is believed about its sizes: bytes are counted while they are inflated, and what unpacking would take of
memory is looked at before. What systems, editors and course platforms leave in a folder is left out, with a notice;
one folder that holds everything is taken off; of names, case and form do not matter, but two must not be alike.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from grader.core.errors import BadInput
from grader.core.report import Bilingual
from grader.core.submission import Submission
from grader.core.text import clean
from grader.harness import member_names, notebooks
from grader.harness.bounds import DEFAULT, MIB
from grader.harness.naming import ENTRY, check_source, safe_name
from grader.harness.outline.libraries import words

_PATH_CHARACTERS, _SHOWN = 300, 5
_FOLDERS = words(
    """
    __macosx __pycache__ .ipynb_checkpoints .git .idea .vscode .vs .pytest_cache .mypy_cache .ruff_cache .venv venv
    .virtual_documents .spotlight-v100 .trashes
    """
)
_FILES = (
    "._*", ".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db", "readme*", "licen[cs]e*", ".gitignore",
    ".gitattributes", ".gitkeep", ".editorconfig", ".python-version", "*.pyc", "*.pyo", "icon\r", "requirements*.txt",
)  # fmt: skip
_METHODS = {
    1: "Shrink", 6: "Implode", 9: "Deflate64", 10: "DCL Implode", 20: "Zstandard", 93: "Zstandard", 95: "XZ",
    96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES",
}  # fmt: skip
_LOCAL_HEADER = struct.Struct("<26xHH")  # of a member: the lengths of name and extra field, after which its data begins
_LZMA_HEADER = struct.Struct("<2xHBI")  # the properties' length, the literal coder's, the dictionary's size


@dataclass(frozen=True)
class Member:
    """A member of an archive; ``name`` is its path as it was written."""

    name: str
    info: zipfile.ZipInfo

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


def read(name: str, content: bytes, data: Sequence[str] = (), required: Sequence[str] = ()) -> Submission:
    """The modules of an archive; which is the entry may hang on where the required names are. Raises BadInput."""
    archive, members = _open(name, content)
    for member in members:
        _check_member(name, member)
    kept = [member for member in members if not member.is_folder and not _is_left_out(member.name, data)]
    kept = _without_folders(kept, data)
    _check_count(name, len(kept), DEFAULT.members)
    top = _one_folder(kept)
    found = dict(_modules(name, kept, top))
    _check_places(name, members, found, top)

    def defines_all(path: str) -> bool:
        _check_method(name, path, found[path].info, content)
        source = _read_at_most(name, archive, found[path], DEFAULT.source_bytes)
        return bool(required) and all(_binds(word, source) for word in required)

    entry, beside = _entry(name, found, defines_all)
    dropped = [m.name for m in members if not m.is_folder and m not in kept] + beside
    notices = list(_told(name, dropped))
    return _inflated(name, archive, content, entry, {p: m for p, m in found.items() if p not in beside}, notices)


def _open(name: str, content: bytes) -> tuple[zipfile.ZipFile, list[Member]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise BadInput(
            f"{name} is not a readable zip archive ({type(error).__name__}).",
            ru=f"{name} не читается как архив zip ({type(error).__name__}).",
        ) from None
    _check_count(name, len(infos), DEFAULT.entries)
    written = (path.replace("\\", "/") for path in member_names.names(infos))
    return archive, [Member(path, info) for path, info in zip(written, infos, strict=True)]


def _check_count(name: str, count: int, most: int) -> None:
    if count > most:
        raise BadInput(
            f"{name} holds {count} files; at most {most} are accepted.",
            ru=f"В {name} файлов: {count}; принимается не больше {most}.",
        )


def _inflated(
    name: str,
    archive: zipfile.ZipFile,
    content: bytes,
    entry: str,
    found: Mapping[str, Member],
    notices: list[Bilingual],
) -> Submission:
    """The submission of these members; only code counts to its size."""
    files: dict[str, bytes] = {}
    left = DEFAULT.source_bytes
    for path, member in found.items():
        _check_method(name, path, member.info, content)
        if path.endswith(".ipynb"):
            module = notebooks.to_module(path, _read_at_most(name, archive, member, DEFAULT.notebook_bytes))
            source, notices = module.source, [*notices, *module.notices]
            if len(source) > left:
                raise _too_much(name)
        else:
            source = _read_at_most(name, archive, member, left)
        left -= len(source)
        files[path] = check_source(path, source)
    return Submission(entry, files, tuple(notices))


# -- which members ---------------------------------------------------------------------------------------


def _is_left_out(path: str, data: Iterable[str]) -> bool:
    """Whether this is none of the solution: left behind by a system or an editor, or data of the assignment."""
    *folders, last = path.casefold().split("/")
    if any(folder in _FOLDERS for folder in folders) or any(fnmatchcase(last, pattern) for pattern in _FILES):
        return True
    return any(fnmatchcase(last, pattern.casefold()) for pattern in data)


def _without_folders(kept: Sequence[Member], data: Iterable[str]) -> list[Member]:
    """Without what lies in a folder of the data, which is written `folder/**`, beside the solution."""
    top = _one_folder(kept)
    folders = tuple(top.casefold() + pattern.casefold()[:-2] for pattern in data if pattern.endswith("/**"))
    return [member for member in kept if not member.name.casefold().startswith(folders)]


def _one_folder(kept: Sequence[Member]) -> str:
    """The folder that holds everything, with its slash; empty where there is none."""
    top = ""
    while kept:
        nexts = {member.name[len(top) :].partition("/")[:2] for member in kept}
        if len(nexts) != 1 or not (only := nexts.pop())[1]:
            break
        top += "".join(only)
    return top


def _modules(name: str, kept: Iterable[Member], top: str) -> Iterator[tuple[str, Member]]:
    """The modules of an archive by their paths, names in composed form; raises BadInput for one that is there twice.

    Two names are the same where some system would take them for the same: in capitals, composed or not, of full width
    (Python itself looks for a module by its compatible form).
    """
    seen: dict[str, str] = {}
    for member in kept:
        path = _module_path(name, member.name[len(top) :])
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


def _check_places(name: str, members: Iterable[Member], found: Mapping[str, Member], top: str) -> None:
    """Raise BadInput where one name is a file and a folder."""
    folders = {_alike(str(parent)) for path in found for parent in PurePosixPath(path).parents}
    folders |= {_alike(m.name[len(top) :].rstrip("/")) for m in members if m.is_folder and m.name.startswith(top)}
    for path in found:
        if _alike(path) in folders:
            raise BadInput(
                f"{name} holds {path} as a file and as a folder.", ru=f"В {name} имя {path} — и файл, и папка."
            )


def _check_member(name: str, member: Member) -> None:
    """Raise BadInput for a path that leads out of the folder it is put into, and for what is no ordinary file."""
    path, parts = member.name, PurePosixPath(member.name).parts
    if "\N{REPLACEMENT CHARACTER}" in path:
        raise BadInput(
            f"{name}: the name {clean(path, limit=100)!r} is in an encoding that cannot be told: use Latin letters.",
            ru=f"{name}: имя {clean(path, limit=100)!r} в неизвестной кодировке: назовите файл латинскими буквами.",
        )
    if path.startswith("/") or ":" in path or ".." in parts or len(parts) > 9 or "\0" in member.info.orig_filename:
        raise BadInput(
            f"{name} holds {clean(path, limit=100)!r}, a path that leads outside.",
            ru=f"В {name} есть путь {clean(path, limit=100)!r}, ведущий наружу.",
        )
    if member.is_folder:
        return
    if member.info.flag_bits & 0x1:
        raise BadInput(
            f"{name} is encrypted: upload it without a password.",
            ru=f"Архив {name} зашифрован: загрузите его без пароля.",
        )
    mode = member.info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise BadInput(
            f"{name} holds {clean(path, limit=100)!r}, which is not an ordinary file (a link?).",
            ru=f"В {name} есть {clean(path, limit=100)!r} — это не обычный файл (ссылка?).",
        )


def _module_path(name: str, path: str) -> str:
    """The path with its names in composed form. Raises BadInput for a name that cannot be kept, or is no module's."""
    path = "/".join(safe_name(part) for part in PurePosixPath(path).parts)
    if len(path) > _PATH_CHARACTERS:
        raise BadInput(
            f"{name} holds {clean(path, limit=60)}, a path of more than {_PATH_CHARACTERS} characters.",
            ru=f"В {name} есть путь {clean(path, limit=60)}: в нём больше {_PATH_CHARACTERS} символов.",
        )
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in (".py", ".ipynb"):
        raise BadInput(
            f"{name} holds {path}: only .py files and one notebook are accepted in an archive.",
            ru=f"В {name} есть {path}: в архиве принимаются только файлы .py и один ноутбук.",
        )
    return str(PurePosixPath(path).with_suffix(suffix))


def _entry(name: str, found: Iterable[str], defines_all: Callable[[str], bool]) -> tuple[str, list[str]]:
    """Which module is imported, and the notebooks that are not: `solution` at the top, else the only one there.

    Nothing can import a notebook, so one that is not the entry is left out. Where one module and one notebook are at
    the top, it is the module that ``defines_all`` names, or else the notebook.
    """
    paths = list(found)
    top = [path for path in paths if "/" not in path]
    modules = [path for path in top if path.endswith(".py")]
    books = [path for path in top if path.endswith(".ipynb")]
    named = [path for path in (*modules, *books) if PurePosixPath(path).stem.lower() == PurePosixPath(ENTRY).stem]
    if not named and len(books) == 1:
        named = [modules[0] if len(modules) == 1 and defines_all(modules[0]) else books[0]]
    if not named and len(modules) == 1:
        named = modules
    if named:
        return named[0], [path for path in paths if path.endswith(".ipynb") and path != named[0]]
    raise BadInput(
        f"{name}: put a module called {ENTRY} at the top of the archive; it defines the required names.",
        ru=f"{name}: положите в корень архива модуль {ENTRY}, в котором определены требуемые имена.",
    )


def _binds(word: str, source: bytes) -> bool:
    """Whether a module seems to bind a name at its top; it is not parsed here."""
    return re.search(rf"(?m)^(?:async )?(?:def|class) +{word}\b|^{word} *[:=]".encode(), source) is not None


def _told(name: str, dropped: Sequence[str]) -> Iterator[Bilingual]:
    if not dropped:
        return
    listed = ", ".join(clean(path, limit=60) for path in dropped[:_SHOWN])
    more = len(dropped) - _SHOWN
    yield {
        "en": f"{name}: these files are left out: {listed}{f' and {more} more' if more > 0 else ''}.",
        "ru": f"{name}: эти файлы пропущены: {listed}{f' и ещё {more}' if more > 0 else ''}.",
    }


# -- reading them ----------------------------------------------------------------------------------------


def _too_much(name: str) -> BadInput:
    return BadInput(
        f"{name} holds more than {DEFAULT.source_bytes:,} bytes once it is unpacked.",
        ru=f"После распаковки в {name} больше {DEFAULT.source_bytes} байт.",
    )


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


def _read_at_most(name: str, archive: zipfile.ZipFile, member: Member, left: int) -> bytes:
    """A member's bytes, counted as they come: what the archive says of their number is not believed."""
    try:
        with archive.open(member.info) as stream:
            inflated = stream.read(left + 1)
    except Exception as error:  # zlib, CRC, unsupported method, overlapping entries: an archive nobody can use
        inside, kind = clean(member.name, limit=100), type(error).__name__
        raise BadInput(
            f"{name}: {inside} cannot be read ({kind}).", ru=f"{name}: файл {inside} не читается ({kind})."
        ) from None
    if len(inflated) > left:
        raise _too_much(name)
    return inflated
