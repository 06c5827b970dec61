"""Which edition of an assignment is used here: the wheel's own, or a newer one that the server has given.

What was fetched is kept in the user's data folder, below the hash of the wheel's edition that it replaces: a newer
wheel has another hash, and what was fetched for the old one is not looked at again.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

import click
import platformdirs

from grader.cli import server
from grader.cli.language import language
from grader.core.assignment import Assignment, assignments_folder, load, names, student_sha256, unknown
from grader.core.errors import BadInput, OurFault

_BYTES, _FILES = 10 * 1024 * 1024, 200  # of an archive, unpacked
_NONE = "none"  # in the place of a hash, where the wheel does not have the assignment


def known(name: str) -> Assignment:
    """The newest edition that is on this machine. Raises BadInput where there is none."""
    fetched = _fetched(name)
    return load(name, fetched if name in names(fetched) else assignments_folder())


def all_known() -> list[str]:
    """The names of what is on this machine."""
    kept = _root() / _NONE
    return sorted({*names(assignments_folder()), *(names(kept) if kept.is_dir() else [])})


def newest(name: str) -> Assignment:
    """The server's edition, fetched if it is another than what is here; without a server what is here.

    Raises BadInput where neither has it.
    """
    account = server.kept()
    if account is None:
        return known(name)
    try:
        told = server.ask(account, "GET", f"/assignments/{name}/statement")
    except (BadInput, OurFault) as error:  # not of this course, not open yet, or no answer: what is here will do
        if isinstance(error, server.LoggedOut):
            click.echo(error.told(language()), err=True)
        if name in all_known():
            return known(name)
        raise unknown(name, all_known()) if isinstance(error, BadInput) else error from None
    if name not in all_known() or student_sha256(known(name)) != told["public_sha256"]:
        _unpack(server.download(account, f"/assignments/{name}/files.zip"), _fetched(name) / name)
    return known(name)


def _root() -> Path:
    return Path(platformdirs.user_data_dir("grader")) / "assignments"


def _fetched(name: str) -> Path:
    """The folder of assignments in which a fetched edition of this one lies, or would lie."""
    bundled = assignments_folder()
    edition = student_sha256(load(name, bundled)) if name in names(bundled) else _NONE
    return _root() / edition


def _unpack(content: bytes, place: Path) -> None:
    """Put an archive's files where they belong, all of them or none."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".new-") as folder:
        new = Path(folder) / "new"
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            archive.extractall(new)
        shutil.rmtree(place, ignore_errors=True)
        new.rename(place)


def _check(archive: zipfile.ZipFile) -> None:
    """Raises OurFault for an archive that no grader makes."""
    members = archive.infolist()
    paths = [PurePosixPath(member.filename) for member in members]
    inside = all(not path.is_absolute() and ".." not in path.parts for path in paths)
    if not inside or len(members) > _FILES or sum(member.file_size for member in members) > _BYTES:
        raise OurFault("The server's archive cannot be used.", ru="Архив с сервера не подходит.")
