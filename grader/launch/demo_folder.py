"""The folder of the demonstration. It carries a mark that the demonstration wrote; no other folder is ever emptied.

A folder is taken where there is none yet, where it is empty, or where it has the mark. The mark also tells whether the
demonstration was made to its end: the next start goes on with one that was interrupted, and changes nothing of another.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from grader.core.errors import BadInput

MARK = ".grader-demonstration"
_BEGUN, _WHOLE = "begun", "whole"
_TEXT = "This folder is the demonstration's: `grader up --demo --reset` empties it. What has happened so far: "


def take(folder: Path) -> None:
    """Mark a new or empty folder as the demonstration's. Raises BadInput for one that holds anything else."""
    if is_marked(folder):
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(
            f"{folder} holds something that is not the demonstration's, and stays as it is. "
            "Give an empty folder with --data, or leave --data out."
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder, _BEGUN)


def is_marked(folder: Path) -> bool:
    return (folder / MARK).is_file() and not (folder / MARK).is_symlink()


def empty(folder: Path, *, but: Path) -> None:
    """Remove all but the mark and the file ``but``. Raises BadInput for a folder without the mark."""
    if not is_marked(folder):
        raise BadInput(f"{folder} is not the demonstration's, and stays as it is.")
    _write(folder, _BEGUN)
    for path in folder.iterdir():
        if path not in (folder / MARK, but):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def is_whole(folder: Path) -> bool:
    """Whether the demonstration's people, marks and uploads are all there."""
    return (folder / MARK).read_text(encoding="utf-8").strip().endswith(_WHOLE)


def set_whole(folder: Path) -> None:
    _write(folder, _WHOLE)


def _write(folder: Path, state: str) -> None:
    (folder / MARK).write_text(f"{_TEXT}{state}\n", encoding="utf-8")
