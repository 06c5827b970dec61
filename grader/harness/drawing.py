"""Draws a figure, for one who holds a solution: this module runs beside the student's, in the place of a probe.

So it imports nothing of the grader, and matplotlib only when it is asked to: to import that takes a while.
"""

from __future__ import annotations

import io
import traceback
from collections.abc import Iterable
from types import ModuleType, SimpleNamespace
from typing import Any

FILE = "figure.py"
# Of the figure there is only the text, and a picture has to look the same everywhere: letters are drawn as outlines.
STYLE: dict[Any, Any] = {
    "figure.facecolor": "#fdfdfc",
    "axes.facecolor": "#fdfdfc",
    "figure.constrained_layout.h_pad": 0.09,
    "figure.constrained_layout.w_pad": 0.09,
    "font.family": ["DejaVu Sans"],  # matplotlib brings it along
    "savefig.dpi": 160,
    "svg.fonttype": "path",
    "svg.hashsalt": FILE,
}
_METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None},
    "png": {},
}


class NotDefined(AttributeError):
    """The figure asked for a required name that the solution does not define; the name is its text."""


class Solution(SimpleNamespace):
    """The required names of a solution, as far as it defines them."""

    def __getattr__(self, name: str) -> Any:
        raise NotDefined(name)


_failed_at = ""  # where in the figure the last attempt ended


def prepare() -> None:
    """Import what is needed to draw: when it is done for the first time, matplotlib lists the machine's fonts."""
    import matplotlib.backends.backend_agg
    import matplotlib.backends.backend_pdf
    import matplotlib.backends.backend_svg
    import matplotlib.figure  # noqa: F401


def names(module: ModuleType, required: Iterable[str]) -> Solution:
    """What a figure gets of a module."""
    return Solution(**{name: getattr(module, name) for name in required if hasattr(module, name)})


def picture(module: ModuleType, required: Iterable[str], source: str, kind: str) -> Any:
    """The picture of a solution as an array of bytes; ``kind`` is svg, png or pdf. Whatever the solution or the figure
    raises is raised here, and `failed_at` tells where in the figure.
    """
    import numpy as np

    global _failed_at
    _failed_at = ""
    try:
        return np.frombuffer(drawn(names(module, required), source, kind), dtype=np.uint8)
    except BaseException as error:
        _failed_at = _innermost(error, source)
        raise


def failed_at() -> str:
    """The line of the figure in which the last attempt ended: its number and its text."""
    return _failed_at


def drawn(solution: Any, source: str, kind: str) -> bytes:
    """The picture's file. The same on every machine that has the same matplotlib, whatever its settings are."""
    import matplotlib
    from matplotlib.figure import Figure

    namespace: dict[str, Any] = {"__name__": "figure", "__file__": FILE}
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(STYLE)
        exec(compile(source, FILE, "exec"), namespace)  # noqa: S102 - the assignment's own figure
        figure, content = Figure(), io.BytesIO()
        namespace["draw"](solution, figure)
        figure.savefig(content, format=kind, metadata=_METADATA[kind])
    return content.getvalue()


def _innermost(error: BaseException, source: str) -> str:
    lines = source.splitlines()
    numbers = [entry.lineno for entry in traceback.extract_tb(error.__traceback__) if entry.filename == FILE]
    number = numbers[-1] if numbers else None
    return f"{number}: {lines[number - 1].strip()}" if number and number <= len(lines) else ""
