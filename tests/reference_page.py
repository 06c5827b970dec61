"""``make references``: writes reference/README.md: what the references hold, by lectures and sections, from docstrings.

Each row of the catalogue that an assignment covers stands in the sections of its functions, with what their docstrings
tell of complexity and papers. No reference is imported.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.core.assignment import Assignment, load_all
from grader.core.catalogue import Lecture, read
from tests.docstrings import SOURCE, citation, papers, parts
from tests.pages import ROOT, heading, line, statement

PAGE = ROOT / "reference" / "README.md"
EXAMPLE = "reference/clustering/centers/kmeans.py", "kmeans"  # the example of the introduction
HEAD = """\
# References to read

Readable implementations of everything that the assignments ask for: a package a lecture, in it a package a section (or
some that belong together), a module an algorithm. A public function checks its arguments first
([checks](checks/__init__.py)), then computes; randomness comes from a generator that is an argument, and arrays that
are given stay as they are. Its docstring tells what comes back, ties and limits, shapes and units, errors, complexity
and source: [the form](../docs/reference/references.md). The tests run the examples in docstrings. To try one, in the
root of the repository after `make setup`:

    $ .venv/bin/python
    >>> from {module} import {name}
{example}

Complexity is that of the code here, in the symbols of the docstring's parameters; other symbols are explained beside
it. Memory stands where it says something. A function that is an argument, such as a loss or a model, is counted by its
calls; a step is one iteration of the method, a pass one run of a network. Where the code is slower than need be, since
it is simpler so, what is possible is added. "As in" refers to a function of the same lecture.

`make references` writes this page from the docstrings and the catalogue, and a test holds it to them. Where each row is
asked, with points and mutants: [Lectures, rows and assignments](../docs/reference/lectures.md).
"""
COLUMNS = line("algorithm", "module", "name", "complexity", "paper", "assignment") + "|---|---|---|---|---|---|\n"
SECTIONS = {
    "3": "Algorithm selection and hyperparameter tuning",
    "4": "Configurations of hyperparameters",
    "5": "Grid search",
    "6": "Random search",
    "7": "Evolutionary algorithms",
    "8": "Implementations of hyperparameter tuning",
    "9": "Learning as a problem of differentiation",
    "10": "Derivatives of composite functions by computation graphs",
    "11": "Derivatives of functions of matrices",
    "12": "Improvements of gradient descent",
    "13": "Second-order methods",
    "14": "Further topics",
    "15": "Layered architectures",
    "16": "Activation functions",
    "17": "Decomposition of models",
    "18": "Dropout and batch normalisation",
    "19": "Initialisation of parameters",
    "20": "What is special about images",
    "21": "Convolutional networks",
    "22": "Survey of architectures",
    "23": "Tasks of computer vision",
    "24": "Popular frameworks in brief",
    "25": "PyTorch in detail",
    "26": "Recurrent neural networks",
    "27": "Processing of sequences",
    "28": "Advanced architectures",
    "29": "More connections",
    "30": "The attention mechanism",
    "31": "Transformers",
    "32": "Texts and embeddings",
    "33": "Preprocessing of texts",
    "34": "Classical machine learning on texts",
    "35": "Learning word embeddings",
    "36": "Sound in brief",
    "37": "Features of audio samples",
    "38": "The problem of clustering",
    "39": "Quality of a clustering",
    "40.1": "k-means",
    "40.2": "Mean shift",
    "40.3": "DBSCAN",
    "40.4": "EM and mixtures of Gaussians",
    "40.5": "Clustering by graphs",
    "40.6": "Hierarchical clustering",
    "40.7": "Spectral clustering",
    "41.1": "End-to-end and two-stage clustering by networks",
    "43": "Embedded methods",
    "44": "Wrappers",
    "45": "Filters",
    "46": "Hybrids and ensembles",
    "47": "Principal component analysis",
    "48": "Autoencoders",
    "49": "t-SNE",
    "50": "One-shot learning",
    "51": "Transfer learning",
    "52": "Self-supervised learning",
    "53": "Word vectors",
    "54": "The problem of generating new objects",
    "55": "PixelCNN and PixelRNN",
    "56": "Variational autoencoders",
    "57": "Generative adversarial networks",
    "58": "Ideas for GANs",
    "59": "Diffusion models",
}


@dataclass(frozen=True)
class Module:
    """A module of the references, read but not run."""

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


@dataclass(frozen=True)
class Entry:
    """A function or class that an assignment asks for, under one row of the catalogue."""

    title: str
    assignment: str
    module: Module
    name: str

    @cached_property
    def parts(self) -> dict[str, str]:
        """The parts of its docstring."""
        return parts(self.module.doc(self.name))

    @property
    def section(self) -> str:
        """The number of its section, such as 40.1."""
        source = SOURCE.fullmatch(self.parts["Source"])
        if source is None:
            raise ValueError(f"{self.module.path}: Source of {self.name} must name a lecture and a section")
        return source[2]

    @property
    def citations(self) -> list[str]:
        """The papers of its Source, in full. Raises ValueError for one that no docstring cites so."""
        before_parts = self.module.doc(self.name).partition("\nParameters:")[0]
        return [citation(paper, self.module.doc(), before_parts) for paper in papers(self.parts["Source"])]


def page(root: Path) -> str:
    """Markdown: tables by lectures and sections, of the assignments, catalogue and references below ``root``."""
    known, modules = read(root / "assignments"), dict[str, Module]()
    of_rows = {row: assignment for assignment in load_all(root / "assignments") for row in assignment.covers}
    chunks = [_introduction(root)]
    for lecture in known.lectures:
        entries = list(_entries(lecture, of_rows, modules, root))
        chunks.append(heading(lecture))
        for section in sorted({entry.section for entry in entries}, key=lambda number: [*map(int, number.split("."))]):
            chunks.append(f"### Section {section}. {SECTIONS[section]}\n\n{COLUMNS}")
            chunks += [*_lines([entry for entry in entries if entry.section == section]), "\n"]
        chunks += _papers(entries)
    return "".join(chunks).rstrip("\n") + "\n"


def _introduction(root: Path) -> str:
    """How to read the folder, with the example of a docstring."""
    path, name = EXAMPLE
    _, _, example = _module(root, path).doc(name).partition("\n\n>>> ")
    lines = "\n".join(f"    {one}" for one in f">>> {example}".splitlines())
    return HEAD.format(module=path.removesuffix(".py").replace("/", "."), name=name, example=lines)


def _entries(
    lecture: Lecture, of_rows: dict[str, Assignment], modules: dict[str, Module], root: Path
) -> Iterator[Entry]:
    """What assignments ask for in this lecture, in the order of its rows."""
    for row, title in lecture.rows.items():
        if assignment := of_rows.get(row):
            for name in assignment.covers[row]:
                dotted, _, function = assignment.required[name].partition(":")
                path = dotted.replace(".", "/") + ".py"
                if path not in modules:
                    modules[path] = _module(root, path)
                yield Entry(title["en"], assignment.name, modules[path], function)


def _module(root: Path, path: str) -> Module:
    return Module(path, ast.parse((root / path).read_text(encoding="utf-8")))


def _lines(entries: list[Entry]) -> Iterator[str]:
    """A line of the table for each; what is as in the line before is told once."""
    before: Entry | None = None
    for entry in entries:
        same_row = before is not None and before.title == entry.title
        same_module = same_row and before is not None and before.module.path == entry.module.path
        place = entry.module.path.partition("/")[2]
        yield line(
            "" if same_row else entry.title,
            "" if same_module else f"`{place}`",
            f"[{entry.name}]({place})",
            _plain(entry.parts["Complexity"]),
            "; ".join(papers(entry.parts["Source"])) or "lecture",
            "" if same_row else statement(entry.assignment, ".."),
        )
        before = entry


def _plain(text: str) -> str:
    """A part of a docstring as a cell of a table: code in single backquotes, no full stop at the end."""
    return text.replace("``", "`").removesuffix(".")


def _papers(entries: list[Entry]) -> Iterator[str]:
    """The full citations of a lecture, by the first author's surname."""
    citations = {one for entry in entries for one in entry.citations}
    if citations:
        yield "Papers:\n\n"
        yield from (f"- {one}\n" for one in sorted(citations, key=_from_surname))


def _from_surname(one: str) -> str:
    """A citation from the first author's surname on, without capitals, for its place in the list."""
    return re.sub(r"^(?:[A-Z]\.[ -]?)+", "", one).casefold()


if __name__ == "__main__":
    PAGE.write_text(page(ROOT), encoding="utf-8")
