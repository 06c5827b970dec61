"""The form of docstrings of the references, as `docs/reference/references.md` tells it."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module

import pytest

from grader.core.assignment import load_all
from tests.docstrings import PARTS, SOURCE, citation, papers, parts
from tests.pages import ROOT

FILES = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "reference").rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
ASKED_FOR = sorted({where for assignment in load_all(ROOT / "assignments") for where in assignment.required.values()})


def asked_for(where):
    """A name that an assignment asks for: its object, and its docstring."""
    module, name = where.split(":")
    found = getattr(import_module(module), name)
    return found, inspect.getdoc(found) or ""


def is_sentence(doc):
    """Whether a docstring begins with a sentence that ends in its first paragraph."""
    return re.match(r"\S.*[.:]\)?$", doc.strip().split("\n\n")[0], re.S) is not None


@pytest.mark.parametrize("where", ASKED_FOR)
def test_what_an_assignment_asks_for_tells_all_of_itself(where):
    found, doc = asked_for(where)
    told = parts(doc)
    assert list(told) == list(PARTS)
    assert all(text.endswith(".") for text in told.values())
    assert is_sentence(doc)
    referred = re.findall(r"as in `(\w+)`", doc)
    others = [inspect.getdoc(getattr(inspect.getmodule(found), name)) or "" for name in referred]
    for name in inspect.signature(found).parameters:
        assert any(f"``{name}``" in text for text in (doc, *others)), name


@pytest.mark.parametrize("where", ASKED_FOR)
def test_sources_name_a_section_and_a_paper_that_is_cited_in_full(where):
    found, doc = asked_for(where)
    source = SOURCE.fullmatch(parts(doc)["Source"])
    assert source is not None
    lecture, section, _ = source.groups()
    package = inspect.getdoc(import_module(where.split(".")[0] + "." + where.split(".")[1])) or ""
    assert package.startswith(f"Lecture {lecture}: ")
    cited = " ".join(((inspect.getmodule(found).__doc__ or "") + doc.replace(parts(doc)["Source"], "")).split())
    assert re.search(rf"lecture {lecture}, section {re.escape(section.split('.')[0])}\b", cited)
    for paper in papers(source[0]):
        assert citation(paper, inspect.getmodule(found).__doc__ or "", doc.partition("\nParameters:")[0])


@pytest.mark.parametrize("where", ASKED_FOR)
def test_complexities_are_told_in_symbols_that_the_docstring_explains(where):
    found, doc = asked_for(where)
    own = parts(doc)
    bounds, words = bounds_and_rest(own["Complexity"])
    siblings = re.findall(r"as in `(\w+)`", doc)
    assert bounds or siblings
    assert re.match(r"O\(|as in `\w+`", own["Complexity"])
    others = [inspect.getdoc(getattr(inspect.getmodule(found), name)) or "" for name in siblings]
    explained = symbols(
        " ".join([doc.partition("\nParameters:")[0], own["Parameters"], own["Returns"], words, *others])
    )
    assert symbols(" ".join(bounds)) - {"log", "min"} <= explained


def bounds_and_rest(text):
    """What stands in each O(...), with the parentheses inside of it, and the text without them."""
    bound = r"\bO(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))"
    return re.findall(bound, text), re.sub(bound, "", text)


def symbols(text):
    """The names in a text, of one letter or more."""
    return set(re.findall(r"[^\W\d]\w*", text))


@pytest.mark.parametrize("name", FILES)
def test_everything_public_has_a_docstring_that_begins_with_a_sentence(name):
    module = TREES[name]
    assert is_sentence(ast.get_docstring(module) or "")
    for node in ast.walk(module):
        own = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if own and not is_inner(node, module) and not is_protocols(node, module):
            assert is_sentence(ast.get_docstring(node) or ""), node.name


def is_inner(node, module):
    """Whether a function is defined inside of another one."""
    functions = [other for other in ast.walk(module) if isinstance(other, ast.FunctionDef) and other is not node]
    return any(node in ast.walk(other) for other in functions)


def is_protocols(node, module):
    """Whether a method only states what others must have."""
    classes = [other for other in module.body if isinstance(other, ast.ClassDef)]
    return any("Protocol" in map(ast.unparse, other.bases) and node in other.body for other in classes)


@pytest.mark.parametrize("name", [name for name in FILES if "/checks/" not in name and "__init__" not in name])
def test_each_module_names_its_lecture_and_sections(name):
    assert re.search(r"lecture \d+, sections? \d", " ".join((ast.get_docstring(TREES[name]) or "").split()))
