"""From an upload to a `Submission`: one module, one notebook, or a zip of modules.

Whatever cannot be graded is refused here with a sentence that says what is wrong and what to do, and
nothing of it is stored. Nothing is executed, nothing is written to the disk, and no archive is believed
about its sizes: bytes are counted while they are inflated.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from grader.core.assignment import Assignment
from grader.core.errors import BadInput
from grader.core.submission import Submission
from grader.core.text import clean
from grader.harness import notebooks
from grader.harness.bounds import DEFAULT
from grader.harness.static import NotPython, Outline, outlines

ENTRY = "solution.py"

_RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
_NOTEBOOK_COMMAND = re.compile(r"^[%!?]|\?$|^[\w., ]+=\s*[%!]")  # also `files = !ls` and `took = %timeit …`
_NOT_CODE = ("__MACOSX/", "__pycache__/", ".ipynb_checkpoints/")


def accept(filename: str, content: bytes, assignment: Assignment) -> Submission:
    """The submission in an uploaded file. Raises BadInput: what is wrong, where, and what to do."""
    if len(content) > DEFAULT.upload_bytes:
        raise BadInput(
            f"The file has {len(content):,} bytes; at most {DEFAULT.upload_bytes:,} are accepted.",
            ru=f"В файле {len(content)} байт; принимается не больше {DEFAULT.upload_bytes}.",
        )
    submission = read(filename, content)
    check_names(submission, assignment)
    return submission


def read(filename: str, content: bytes) -> Submission:
    """The files of an upload by its kind, without looking at what they define."""
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


def check_names(submission: Submission, assignment: Assignment) -> None:
    """Raise BadInput unless every module parses and the entry defines every required name."""
    defined = _outlines(submission)[submission.entry].defines
    missing = [name for name in assignment.required if name not in defined]
    if missing and "*" not in defined:
        raise BadInput(
            f"{submission.entry} does not define {', '.join(missing)}. "
            f"{assignment.name} asks for {', '.join(assignment.required)}.",
            ru=f"В {submission.entry} не определены имена: {', '.join(missing)}. "
            f"Задание {assignment.name} требует: {', '.join(assignment.required)}.",
        )


def _outlines(submission: Submission) -> dict[str, Outline]:
    """The outlines of all modules; an error tells the place in the student's words, a notebook's cell too."""
    try:
        return outlines(dict(sorted(submission.files.items())), follow=False)
    except NotPython as error:
        path = error.file
        where = submission.place(path, error.line)
        text = submission.line(path, error.line)
        if path.endswith(".ipynb") and _NOTEBOOK_COMMAND.search(text):
            command, tag = clean(text, limit=60), sorted(notebooks.SKIP_TAGS)[0]
            raise BadInput(
                f"{where}: {command!r} is a notebook command, not Python. "
                f"Remove it, or tag the cell {tag!r} to leave it out of grading.",
                ru=f"{submission.place(path, error.line, 'ru')}: {command!r} — команда ноутбука, а не Python. "
                f"Уберите её или пометьте ячейку тегом {tag!r}, чтобы она не проверялась.",
            ) from None
        raise BadInput(
            f"{where}: {error.said}", ru=f"{submission.place(path, error.line, 'ru')}: {error.said}"
        ) from None


def safe_name(name: str) -> str:
    """A file's name if it can be shown and kept as it is. Raises BadInput for one that cannot."""
    text = unicodedata.normalize("NFC", name)
    if not text or text != clean(text, limit=100) or any(c in '<>:"|?*\\\n\t' for c in text):
        raise BadInput(
            f"The file's name {clean(name, limit=100)!r} cannot be used: give it a plain, short name.",
            ru=f"Имя файла {clean(name, limit=100)!r} не подходит: дайте простое короткое имя.",
        )
    stem = text.split(".")[0].strip().lower()
    if text.startswith((".", "-")) or stem in _RESERVED or not stem:
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
    files = _inflate(name, archive, [m for m in members if not m.filename.endswith("/")])
    return Submission(_entry(name, files), files)


def _inflate(name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = DEFAULT.source_bytes
    for member in members:
        path = _member_path(name, member)
        if any(part in f"{path}/" for part in _NOT_CODE) or PurePosixPath(path).name == ".DS_Store":
            continue
        _check_member(name, path, member)
        if path.casefold() in (known.casefold() for known in files):
            raise BadInput(f"{name} holds {path} twice.", ru=f"В {name} файл {path} встречается дважды.")
        inflated = _read_at_most(name, archive, member, left)
        left -= len(inflated)
        files[path] = _source(path, inflated)
    return files


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


def _check_member(name: str, path: str, member: zipfile.ZipInfo) -> None:
    for part in PurePosixPath(path).parts:
        safe_name(part)
    if PurePosixPath(path).suffix != ".py":
        raise BadInput(
            f"{name} holds {path}: only .py files are accepted in an archive.",
            ru=f"В {name} есть {path}: в архиве принимаются только файлы .py.",
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
