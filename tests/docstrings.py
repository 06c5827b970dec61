"""The references, read but not run: the parts of their docstrings (docs/reference/references.md), and papers."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

PARTS = ("Parameters", "Returns", "Raises", "Complexity", "Source")
NAME = r"[^\W\d][\w-]+(?: [^\W\d][\w-]+){0,2}"  # "van den Oord" too
PAPER = rf"{NAME}(?:, {NAME})*(?: et al\.)? \d{{4}}"
SOURCE = re.compile(rf"lecture (\d+), section (\d+(?:\.\d)?); (?:lecture only|({PAPER}(?:; {PAPER})*))\.")
PERSON = r"(?:[A-Z]\.[ -]?)+(?:(?:van|der|den|de) )*[^\W\d_][\w-]+(?: [A-Z][\w-]+)?"
YEAR = r"(?<![\w.:])((?:1[89]|20)\d\d)(?![\w.]\d)"  # and no part of the number of a preprint
CITATION = re.compile(rf'(?<!\w)({PERSON}(?:, {PERSON})*(?: et al\.)?), ("[^"]+"[^"]*?{YEAR}\)?)')


@dataclass(frozen=True)
class Module:
    """A module of the references."""

    path: str  # from the root of the repository
    tree: ast.Module

    def doc(self, name: str | None = None) -> str:
        """The docstring of a function or class, or of the module itself."""
        owner = self.tree if name is None else self.owners[name]
        return ast.get_docstring(owner) or ""

    @cached_property
    def owners(self) -> dict[str, ast.FunctionDef | ast.ClassDef]:
        """The functions and classes at the top of the module, by name."""
        return {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}

    def section(self, name: str) -> tuple[int, str]:
        """The lecture and the section, such as 40.1, that a function's Source names. LookupError for none."""
        source = SOURCE.fullmatch(parts(self.doc(name)).get("Source", ""))
        if source is None:
            raise LookupError(f"{self.path}: Source of {name} must name a lecture and a section")
        return int(source[1]), source[2]


def module(root: Path, dotted: str) -> Module:
    """The module of this name, such as reference.clustering.centers.kmeans, below the root of a repository."""
    path = dotted.replace(".", "/") + ".py"
    return _parsed(path, (root / path).read_text(encoding="utf-8"))


@cache
def _parsed(path: str, text: str) -> Module:
    return Module(path, ast.parse(text))


def parts(doc: str) -> dict[str, str]:
    """The parts of a docstring by their names, each on one line."""
    matches = re.findall(rf"^({'|'.join(PARTS)}): (.*?)$(?=\n\n|\n(?:{'|'.join(PARTS)}):|\Z)", doc, re.M | re.S)
    return {name: " ".join(text.split()) for name, text in matches}


def papers(source: str) -> list[str]:
    """The papers of a Source, by authors and year."""
    match = SOURCE.fullmatch(source)
    return match[3].split("; ") if match and match[3] else []


def citation(paper: str, *docs: str) -> str:
    """The full citation of a paper by authors and year, from docstrings. ValueError unless there is just one."""
    *names, year = words(paper.replace(" et al.", ""))
    matches = [match for doc in docs for match in CITATION.finditer(" ".join(doc.split()))]
    fitting = {f"{m[1]}, {m[2]}" for m in matches if m[3] == year and set(names) <= set(words(m[1]))}
    if len(fitting) != 1:
        raise ValueError(f"{paper} is cited {len(fitting)} times in full: authors, title in quotes, year")
    return fitting.pop()


def words(text: str) -> list[str]:
    """The words of a text, those with hyphens as one."""
    return re.findall(r"[\w-]+", text)
