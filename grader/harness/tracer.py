"""Which lines of its files a solution runs, by coverage.py. A proof puts this module into a sandbox with the reference.

It stands alone: what it imports must be there inside. Where coverage.py is not, nobody knows any lines.
"""

from __future__ import annotations

import os
from typing import Any

_FOLDER = os.path.dirname(os.path.realpath(__file__))


def _started() -> Any:
    """Coverage.py at work on the files of this folder; None where it is not installed."""
    os.environ["COVERAGE_CORE"] = "ctrace"  # the quick one of those that every Python has
    try:
        from coverage import Coverage
    except ImportError:
        return None
    coverage = Coverage(data_file=None, config_file=False, include=[os.path.join(_FOLDER, "*")], messages=False)
    coverage.start()
    return coverage


_coverage = _started()
_at_import: dict[str, set[int]] = {}


def importing_ends() -> None:
    """All that ran so far belongs to every test."""
    _at_import.update(_lines())


def lines_of_test() -> dict[str, list[int]] | None:
    """By path below this folder, the lines that ran since this was last asked, and at import; None: nobody knows."""
    if _coverage is None:
        return None
    ran = _lines()
    return {file: sorted(ran.get(file, set()) | _at_import.get(file, set())) for file in {*ran, *_at_import}}


def _lines() -> dict[str, set[int]]:
    if _coverage is None:
        return {}
    _coverage.stop()
    data = _coverage.get_data()
    lines = {_path(file): set(data.lines(file) or ()) for file in data.measured_files()}
    _coverage.erase()
    _coverage.start()
    return lines


def _path(file: str) -> str:
    return os.path.relpath(file, _FOLDER).replace(os.sep, "/")
