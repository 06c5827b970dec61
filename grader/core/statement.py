"""A statement: Markdown with formulas, as HTML. Formulas become MathML, so no script is needed to read them.

The libraries come with the server's extra and are imported when they are needed: a student's installation shows the
Markdown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
_UNKNOWN = re.compile(r"<m[io][^>]*>(\\[a-zA-Z]+)</m[io]>")


@lru_cache(maxsize=4096)
def mathml(latex: str, display: bool = False) -> str:
    """A formula as MathML, in the line or displayed. Raises ValueError for LaTeX that cannot be set."""
    from latex2mathml.converter import convert

    try:
        made = str(convert(latex, display="block" if display else "inline"))
    except Exception as error:  # the library has a dozen kinds of its own, and IndexError besides
        raise ValueError(f"the formula {latex!r} cannot be set ({type(error).__name__})") from error
    if unknown := _UNKNOWN.search(made):
        raise ValueError(f"the formula {latex!r} uses {unknown[1]}, which is not known")
    return made


@lru_cache(maxsize=256)
def html(text: str) -> str:
    """A statement as HTML; HTML in it is not passed on. A formula that cannot be set is shown as it is written."""

    def as_written(latex: str, display: bool) -> str:
        try:
            return mathml(latex, display)
        except ValueError:
            return f"<code>{escape(latex)}</code>"

    return _render(text, as_written)


def faults(text: str) -> Iterator[str]:
    """What readers would stumble over: a formula that cannot be set, a dollar sign that opens none."""
    try:
        rendered = _render(text, mathml)
    except ValueError as error:
        yield str(error)
        return
    prose = _MATH.sub(" … ", _CODE.sub("", rendered))
    for found in re.finditer(r"\$", prose):
        near = re.sub(r"<[^>]*>|\s+", " ", prose[max(0, found.start() - 60) : found.start()]).strip()
        yield f"a $ opens no formula, after “{near[-40:]}”"


def _render(text: str, formula: Callable[[str, bool], str]) -> str:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.dollarmath.index import math_block_dollar

    markdown = MarkdownIt("commonmark", {"html": False, "highlight": _highlight}).enable("table")
    markdown.use(dollarmath_plugin, renderer=lambda latex, options: formula(latex, bool(options["display_mode"])))
    displayed = math_block_dollar()

    def interrupting(state: Any, start: int, end: int, silent: bool) -> bool:
        """A displayed formula ends the paragraph before it, as in most renderers: no empty line is needed.

        The library's rule does not know the question "would a formula begin here?" and writes it down when asked.
        """
        tokens, line = len(state.tokens), state.line
        found = displayed(state, start, end, silent)
        if silent:
            del state.tokens[tokens:]
            state.line = line
        return found

    markdown.block.ruler.at("math_block", interrupting, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return str(markdown.render(text))


def _highlight(code: str, name: str, attributes: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return str(highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))) if name in ("", "python", "py") else ""
