"""The assignment's data beside the submission: files without permission to write, whole again before every test.

The submission runs as the same user, so a permission is only a word to honest code. What a test has changed of the
files all the same is undone before the next one.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping

FOLDER = "data"


class Data:
    """Files by their paths below the folder `data` of ``folder``, which is where the submission then works."""

    def __init__(self, folder: str, files: Mapping[str, bytes]) -> None:
        self.folder = folder
        self.place = os.path.join(folder, FOLDER)
        self.files = {path.replace("/", os.sep): content for path, content in files.items()}
        self.folders = {"", *(parent for path in self.files for parent in _parents(path))}

    def restore(self) -> None:
        """Have every file there as it was given, and nothing else, and work in the folder above them.

        Raises OSError where that cannot be: then this sandbox is of no more use.
        """
        if not self.files:
            return
        if not os.path.isdir(self.folder):
            remove(self.folder)
            os.makedirs(self.folder)
        if os.path.realpath(self.folder) != self.folder:
            raise OSError("the submission's folder is somewhere else")
        os.chmod(self.folder, 0o700)
        if not self._is_whole():
            remove(self.place)
            self._write()
        os.chdir(self.folder)

    def _is_whole(self) -> bool:
        if os.path.islink(self.place):
            return False
        folders, files = set[str](), set[str]()
        for place, inner, names in os.walk(self.place):
            below = os.path.relpath(place, self.place)
            below = "" if below == os.curdir else below
            folders.add(below)
            if any(os.path.islink(os.path.join(place, name)) for name in inner):
                return False
            for name in names:
                path = os.path.join(below, name)
                if path not in self.files or not _holds(os.path.join(place, name), self.files[path]):
                    return False
                files.add(path)
        return folders == self.folders and len(files) == len(self.files)

    def _write(self) -> None:
        for folder in sorted(self.folders):
            os.mkdir(os.path.join(self.place, folder))
        for path, content in self.files.items():
            place = os.path.join(self.place, path)
            with open(place, "xb") as file:
                file.write(content)
            os.chmod(place, 0o444)
        for folder in self.folders:
            os.chmod(os.path.join(self.place, folder), 0o500)


def remove(place: str) -> None:
    """Remove whatever is there, folders without permission to write too; links are not followed."""
    if os.path.isdir(place) and not os.path.islink(place):
        loosen(place)
        shutil.rmtree(place)
    elif os.path.lexists(place):
        if os.name == "nt":
            _allow(place)
        os.unlink(place)


def loosen(place: str) -> None:
    """Give permission to remove what is in a folder."""
    _allow(place)
    for folder, inner, names in os.walk(place):
        for name in (*inner, *(names if os.name == "nt" else ())):  # there a file has the permission itself
            _allow(os.path.join(folder, name))


def _allow(place: str) -> None:
    if not os.path.islink(place):
        os.chmod(place, 0o700)


def _holds(place: str, content: bytes) -> bool:
    """Whether this is an ordinary file with this content; what is none is not opened."""
    try:
        status = os.lstat(place)
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
            return False
        with open(place, "rb") as file:
            return file.read(len(content) + 1) == content
    except OSError:  # it may not be read any more
        return False


def _parents(path: str) -> list[str]:
    """The folders above a path: a, then a/b."""
    parts = path.split(os.sep)[:-1]
    return [os.sep.join(parts[: depth + 1]) for depth in range(len(parts))]
