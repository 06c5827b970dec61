"""The files of an upload by its kind: one module, one notebook, or a zip of them.

This reads what may be hostile, and `main` does it in a process of its own (`grader.harness.parsers`). Nothing is
executed, and nothing is written to the disk.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import PurePosixPath

from grader.core.errors import BadInput
from grader.core.submission import Submission
from grader.harness import archives, notebooks
from grader.harness.naming import ENTRY, check_source, safe_name

__all__ = ["ENTRY", "main", "read", "safe_name"]


def main() -> None:
    """Read a line of JSON with what is asked, and then the file; tell its files, or why it is refused."""
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        found = read(asked["name"], sys.stdin.buffer.read(), asked["data"], asked["required"])
        told = {
            "entry": found.entry,
            "files": {path: text.decode("latin-1") for path, text in found.files.items()},
            "notices": [dict(notice) for notice in found.notices],
        }
    except BadInput as refusal:
        told = {"refused": [str(refusal), refusal.ru]}
    print(json.dumps(told))


def read(filename: str, content: bytes, data: Sequence[str] = (), required: Sequence[str] = ()) -> Submission:
    """The files of an upload, without looking at what they define. Raises BadInput.

    What an archive holds by the names of ``data`` (patterns) is left out of it; the ``required`` names help to tell
    which of its files is the solution.
    """
    name = safe_name(PurePosixPath(filename.replace("\\", "/")).name)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".py":
        return Submission(name, {name: check_source(name, content)})
    if suffix == ".ipynb":
        name = str(PurePosixPath(name).with_suffix(".ipynb"))
        module = notebooks.to_module(name, content)
        return Submission(name, {name: check_source(name, module.source)}, module.notices)
    if suffix == ".zip":
        return archives.read(name, content, data, required)
    raise BadInput(
        f"{name}: a solution is a .py file, an .ipynb notebook, or a .zip of these.",
        ru=f"{name}: решение — это файл .py, ноутбук .ipynb или архив .zip с ними.",
    )
