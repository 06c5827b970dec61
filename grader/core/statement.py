"""A statement: Markdown with formulas, as HTML. Formulas become MathML, so no script is needed to read them.

The libraries come with the server's extra and are imported when they are needed: a student's installation shows the
Markdown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape, unescape
from itertools import groupby
from typing import Any

from grader.core.term_links import Links

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
def html(text: str, links: Links | None = None, glossary: str = "") -> str:
    """A statement as HTML; HTML in it is not passed on. A formula that cannot be set is shown as it is written.

    Each term of ``links`` is linked where prose names it first, to the page with the address ``glossary``: not in
    headings, tables, code or other links.
    """

    def linked(state: Any) -> None:
        if links is not None and links.phrases:
            _link_terms(state.tokens, links, glossary)

    return _render(text, _as_written, linked)


@lru_cache(maxsize=2048)
def line(text: str) -> str:
    """A line of Markdown as HTML, without a paragraph around it."""
    return str(_line_renderer().renderInline(text))


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """A line of Markdown without its marks; of formulas the letters and numbers stay."""
    return unescape(re.sub(r"<[^>]*>", "", line(text)))


@lru_cache(maxsize=1)
def _line_renderer() -> Any:
    return _markdown(_as_written)


def _as_written(latex: str, display: bool) -> str:
    try:
        return mathml(latex, display)
    except ValueError:
        return f"<code>{escape(latex)}</code>"


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


def _render(text: str, formula: Callable[[str, bool], str], change: Callable[[Any], None] = lambda state: None) -> str:
    markdown = _markdown(formula)
    markdown.core.ruler.push("change", change)
    return str(markdown.render(text))


def _markdown(formula: Callable[[str, bool], str]) -> Any:
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
    return markdown


def _link_terms(tokens: Sequence[Any], links: Links, glossary: str) -> None:
    """Make links of terms in paragraphs and lists: each term once."""
    linked: set[str] = set()
    quiet = 0  # headings and tables that we are in
    for token in tokens:
        if token.type in ("heading_open", "table_open"):
            quiet += 1
        elif token.type in ("heading_close", "table_close"):
            quiet -= 1
        elif token.type == "inline" and not quiet:
            token.children = list(_with_links(token.children, links, glossary, linked))


def _with_links(children: Sequence[Any], links: Links, glossary: str, linked: set[str]) -> Iterator[Any]:
    """The parts of a paragraph; runs of text, which may go over several lines, with links in them."""
    depth = 0
    for prose, run in groupby(children, lambda token: token.type in ("text", "softbreak")):
        parts = list(run)
        if prose and not depth:
            yield from _linked_run(parts, links, glossary, linked)
            continue
        depth += sum(part.nesting for part in parts if part.type in ("link_open", "link_close"))
        yield from parts


def _linked_run(parts: Sequence[Any], links: Links, glossary: str, linked: set[str]) -> Iterator[Any]:
    from markdown_it.token import Token

    def prose(text: str) -> Iterator[Any]:
        for number, content in enumerate(text.split("\n")):
            if number:
                yield Token("softbreak", "br", 0)
            if content:
                yield Token("text", "", 0, content=content)

    text = "".join("\n" if part.type == "softbreak" else part.content for part in parts)
    at = 0
    for begin, end, entry in links.find(text):
        if entry.anchor in linked:
            continue
        linked.add(entry.anchor)
        yield from prose(text[at:begin])
        meaning = plain(entry.term.meaning[links.language])
        target = f"{glossary}#{entry.anchor}"
        yield Token("link_open", "a", 1, attrs={"class": "term", "href": target, "title": meaning})
        yield from prose(text[begin:end])
        yield Token("link_close", "a", -1)
        at = end
    yield from prose(text[at:])


def _highlight(code: str, name: str, attributes: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return str(highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))) if name in ("", "python", "py") else ""
