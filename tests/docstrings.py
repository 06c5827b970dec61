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
    found = re.findall(rf"^({'|'.join(PARTS)}): (.*?)$(?=\n\n|\n(?:{'|'.join(PARTS)}):|\Z)", doc, re.M | re.S)
    return {name: " ".join(text.split()) for name, text in found}


def papers(source: str) -> list[str]:
    """The papers of a Source, by authors and year."""
    told = SOURCE.fullmatch(source)
    return told[3].split("; ") if told and told[3] else []


def citation(paper: str, *docs: str) -> str:
    """The full citation of a paper by authors and year, from docstrings. ValueError unless there is just one."""
    *names, year = words(paper.replace(" et al.", ""))
    all_cited = [found for doc in docs for found in CITATION.finditer(" ".join(doc.split()))]
    cited = {
        f"{found[1]}, {found[2]}" for found in all_cited if found[3] == year and set(names) <= set(words(found[1]))
    }
    if len(cited) != 1:
        raise ValueError(f"{paper} is cited {len(cited)} times in full: authors, title in quotes, year")
    return cited.pop()


def words(text: str) -> list[str]:
    """The words of a text, those with hyphens as one."""
    return re.findall(r"[\w-]+", text)
