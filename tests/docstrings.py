"""The parts of the references' docstrings, as `docs/reference/references.md` tells them, and the papers they cite."""

from __future__ import annotations

import re

PARTS = ("Parameters", "Returns", "Raises", "Complexity", "Source")
NAME = r"[^\W\d][\w-]+(?: [^\W\d][\w-]+){0,2}"  # "van den Oord" too
PAPER = rf"{NAME}(?:, {NAME})*(?: et al\.)? \d{{4}}"
SOURCE = re.compile(rf"lecture (\d+), section (\d+(?:\.\d)?); (?:lecture only|({PAPER}(?:; {PAPER})*))\.")
PERSON = r"(?:[A-Z]\.[ -]?)+(?:(?:van|der|den|de) )*[^\W\d_][\w-]+(?: [A-Z][\w-]+)?"
YEAR = r"(?<![\w.:])((?:1[89]|20)\d\d)(?![\w.]\d)"  # and no part of the number of a preprint
CITATION = re.compile(rf'(?<!\w)({PERSON}(?:, {PERSON})*(?: et al\.)?), ("[^"]+"[^"]*?{YEAR}\)?)')


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
