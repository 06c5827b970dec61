"""The data of an assignment: small public files below its folder `data/`, which students and sandboxes get.

Submissions read them by the path `data/NAME` from their working directory. What must stay hidden lies beside the hidden
tests instead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

FOLDER = "data"
MOST_BYTES = 5_000_000  # of all files: an archive with a solution and a copy of them can still be uploaded
MOST_FILES = 50
MOST_FOLDERS = 4  # within one another
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows keeps for itself
_LEFT_OUT = {  # names that what students install is made without, or a repository
    "hidden", "accepted", "mutants.toml", "proof.toml", "questions.toml", "calls.toml", "terms.toml", "build", "dist",
}  # fmt: skip
_CODE = (".py", ".pyc", ".pyi", ".pyd", ".so", ".dll", ".ipynb")


def read(place: Path) -> dict[str, bytes]:
    """The files below an assignment's folder, by their paths below `data/`; none where there is no such folder."""
    return {path.relative_to(place / FOLDER).as_posix(): path.read_bytes() for path in _files(place)}


def sizes(place: Path) -> dict[str, int]:
    """The same files with their numbers of bytes."""
    return {path.relative_to(place / FOLDER).as_posix(): path.stat().st_size for path in _files(place)}


def faults(place: Path) -> Iterator[str]:
    """What is wrong with the folder: too much of it, and what not every system could keep or would take for code."""
    root = place / FOLDER
    if not os.path.lexists(root):
        return
    if root.is_symlink() or not root.is_dir():
        yield f"{FOLDER} must be a folder of files"
        return
    known = sizes(place)
    if not known:
        yield f"{FOLDER}/ holds no file: remove the folder"
    if len(known) > MOST_FILES:
        yield f"{FOLDER}/ holds {len(known)} files; at most {MOST_FILES} are possible"
    if (total := sum(known.values())) > MOST_BYTES:
        yield f"{FOLDER}/ holds {total:,} bytes; at most {MOST_BYTES:,} are possible"
    seen: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if fault := _fault(path, name):
            yield f"{FOLDER}/{name}: {fault}"
        if (earlier := seen.setdefault(name.lower(), name)) != name:
            yield f"{FOLDER}/{name}: some systems take it for {earlier}"


def _fault(path: Path, name: str) -> str:
    last, depth = path.name, len(PurePosixPath(name).parts)
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        return "it must be an ordinary file"
    if not _NAME.fullmatch(last) or last.endswith(".") or _DEVICES.fullmatch(last.lower()):
        return "a name is made of Latin letters, digits, dots, dashes and underscores, and begins with no dot"
    if last.lower() in _LEFT_OUT:
        return "it needs another name: students would not get it"
    if path.is_file() and last.lower().endswith(_CODE):
        return "it looks like code; data is only read"
    if path.is_file() and depth > MOST_FOLDERS:
        return f"it lies in more than {MOST_FOLDERS - 1} folders"
    return ""


def _files(place: Path) -> Iterator[Path]:
    """Every ordinary file of the folder, in one order; what links lead to is not the assignment's."""
    root = place / FOLDER
    if root.is_symlink():
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and not any(p.is_symlink() for p in _above(path, root)):
            yield path


def _above(path: Path, root: Path) -> Iterator[Path]:
    for parent in path.parents:
        if parent == root:
            return
        yield parent
