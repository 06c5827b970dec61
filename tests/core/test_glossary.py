"""The glossary: terms of several assignments become one, are sorted as readers expect, and are found in statements."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from grader.core.assignment import Assignment
from grader.core.glossary import Entry, Glossary, glossary_faults, of_assignments
from grader.core.statement import html, plain
from grader.core.term_links import links
from grader.core.terms import Term

TERM = '[[term]]\nen = "{en}"\nru = "{ru}"\nmeaning.en = "{meaning}"\nmeaning.ru = "по-русски: {meaning}"\n'


def term(en: str, ru: str = "", meaning: str = "What it means.", more: str = "") -> str:
    return TERM.format(en=en, ru=ru or f"слово {en}", meaning=meaning) + more + "\n"


@pytest.fixture
def assignment(tmp_path):
    """An assignment with these terms, beside the others that were made."""

    def make(name: str, *terms: str) -> Assignment:
        folder = tmp_path / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "assignment.toml").touch()
        (folder / "terms.toml").write_text("".join(terms) or "term = []", encoding="utf-8")
        return Assignment(name, folder, {"en": "A", "ru": "А"}, "task", {}, "numpy", {})

    return make


@pytest.fixture
def found(assignment):
    """What of a text is linked in an assignment's statement, by the terms that it defines."""

    def find(text: str, *names: str, language: str = "en") -> list[str]:
        terms = [term(name, name) for name in names]
        made = links(of_assignments([assignment("a/own", *terms)]), "a/own", (), language)
        return [text[begin:end] for begin, end, _ in made.find(text)]

    return find


@pytest.mark.parametrize(
    ("name", "text", "linked"),
    [
        ("beam search", "The Beam\nsearches of today", ["Beam\nsearches"]),
        ("matrix", "two matrices, a matrix", ["matrices", "matrix"]),
        ("analysis", "of analysis", ["analysis"]),
        ("loss", "the losses, lossy", ["losses"]),
        ("skip-gram", "a skip-gram, a skip gram", ["skip-gram"]),
        ("Kullback–Leibler divergence", "Kullback-Leibler divergences", ["Kullback-Leibler divergences"]),
        ("attention", "self-attention, attention-free, attention.", ["attention"]),
        ("k-means", "k-means++ is not k-means", ["k-means"]),
        ("k-means++", "k-means++ is not k-means", ["k-means++"]),
        ("mean shift", "a mean. Shift it", []),
        ("nat", "natural numbers", []),
        ("IoU", "iou is a name, IoU an index, IoUs two of them", ["IoU", "IoUs"]),
        ("gated recurrent unit (GRU)", "a GRU is a gated recurrent unit", ["GRU", "gated recurrent unit"]),
    ],
)
def test_what_is_found_in_english(found, name, text, linked):
    assert found(text, name) == linked


@pytest.mark.parametrize(
    ("name", "text", "linked"),
    [
        ("лучевой поиск", "Лучевого поиска, лучевым поиском; лучи поиска", ["Лучевого поиска", "лучевым поиском"]),
        ("свёртка", "свертки и свёрткой", ["свертки", "свёрткой"]),
        ("шум", "шумом, а не шумит", ["шумом"]),
        ("бюджет", "бюджета и бюджет", ["бюджета", "бюджет"]),
        ("one-hot вектор", "one-hot векторами", ["one-hot векторами"]),
    ],
)
def test_what_is_found_in_russian(found, name, text, linked):
    assert found(text, name, language="ru") == linked


def test_of_terms_that_overlap_the_longest_is_linked(found):
    assert found("causal masks, then a mask", "mask", "causal mask") == ["causal masks", "mask"]
    assert found("residual blocks, then a residual", "residual", "residual block") == ["residual blocks", "residual"]


def test_a_word_is_linked_to_the_nearest_term(assignment):
    own = assignment("a/own", term("attention mask", more='forms.en = ["mask"]\n'))
    needed = assignment(
        "a/needed", term("dropout mask", more='forms.en = ["mask"]\n'), term("value", more="common = true")
    )
    other = assignment("a/other", term("gate", more="common = true"), term("entropy"))
    glossary = of_assignments([own, needed, other])

    def linked(name: str, *before: str) -> list[str]:
        text = "a mask, a value, a gate, an entropy"
        return [entry.term.name["en"] for *_, entry in links(glossary, name, before, "en").find(text)]

    assert linked("a/own", "a/needed") == ["attention mask", "value", "entropy"]
    assert linked("a/third", "a/needed") == ["dropout mask", "value", "entropy"]
    assert linked("a/third") == ["entropy"]  # two masks are equally far; common words of others are everyday ones
    assert linked("a/other") == ["gate", "entropy"]


def shown(text: str, *entries: tuple[str, str]) -> str:
    made = [
        Entry(name.replace(" ", "-"), Term({"en": name, "ru": name}, {"en": meaning, "ru": ""}), ("a/own",))
        for name, meaning in entries
    ]
    return html(text, links(Glossary(tuple(made)), "a/own", (), "en"), "/g/")


def test_a_statement_links_a_term_once_and_in_prose_only():
    text = (
        "## Loss\n\n| loss |\n| --- |\n| loss |\n\n`loss` [loss](https://example.org) $loss$ *no* **loss** and loss\n\n"
        "```\nloss\n```\n\n- loss"
    )
    page = shown(text, ("loss", 'At <most> "5".'))
    link = '<strong><a class="term" href="/g/#loss" title="At &lt;most&gt; &quot;5&quot;.">loss</a></strong> and loss'
    assert link in page
    assert page.count('class="term"') == 1


def test_a_link_over_two_lines_keeps_them_and_a_meaning_is_told_without_marks():
    page = shown("a beam\nsearch", ("beam search", "Steps of length $\\mu$, by `f`."))
    assert re.findall(r">(a <a[^>]*>beam\nsearch</a>)<", page)
    assert 'title="Steps of length μ, by f."' in page
    assert plain("a & <b>") == "a & <b>"


def test_without_terms_a_statement_is_as_it_was():
    text = "The **loss** of\nthe network."
    assert html(text, links(Glossary(()), "a/own", (), "ru"), "/g/") == html(text)


def test_terms_of_several_assignments_are_one_entry(assignment):
    first = assignment("a/one", term("k-means"), term("k-means++"), term("Token", meaning="First."))
    second = assignment(
        "a/two", term("token", "слово Token", meaning="Second.", more='forms.en = ["piece"]\ncommon = true\n')
    )
    entries = {entry.anchor: entry for entry in of_assignments([first, second]).entries}
    assert list(entries) == ["k-means", "k-means-plus-plus", "token"]
    token = entries["token"]
    assert (token.assignments, token.term.meaning["en"], token.term.common) == (("a/one", "a/two"), "First.", True)
    assert token.forms("en") == ["Token", "piece"]


def test_it_is_read_again_when_a_file_has_changed(assignment):
    one = assignment("a/one", term("loss"))
    kept = of_assignments([one])
    assert of_assignments([one]) is kept
    assignment("a/one", term("loss"), term("gradient"))
    assert len(of_assignments([one]).entries) == 2


def test_a_file_that_is_absent_or_wrong_adds_nothing(assignment):
    good, wrong, absent = assignment("a/one", term("loss")), assignment("a/two", "[[term]"), assignment("a/three")
    (absent.folder / "terms.toml").unlink()
    assert [entry.anchor for entry in of_assignments([wrong, good, absent]).entries] == ["loss"]


def test_terms_are_sorted_as_readers_expect(assignment):
    names = ("RMS", "ёлка", "ель", "Жук", "Еж", "«дом»")
    made = of_assignments([assignment("a/one", *(term(f"t {n}", name) for n, name in enumerate(names)))])
    by_letter = [(letter, [entry.term.name["ru"] for entry in found]) for letter, found in made.by_letter["ru"]]
    assert by_letter == [("Д", ["«дом»"]), ("Е", ["Еж", "ёлка", "ель"]), ("Ж", ["Жук"]), ("R", ["RMS"])]


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (term("loss", "потери"), []),
        (term("losses", "потери"), ["“loss” is “losses” in a/other; the same term has the same names"]),
        (term("loss", "ущерб"), ["“потери” is “ущерб” in a/other"]),
        (term("loss (error)", "потери"), ["“loss” is “loss (error)” in a/other"]),
        (term("error", "Потери"), ["“loss” is “error” in a/other"]),
        (term("loss", "потери", "Another."), ["“loss” has another meaning in a/other"]),
        (term("error", "ошибка"), []),
    ],
)
def test_contradictions_are_told(assignment, theirs, told):
    assignment("a/other", theirs)
    faults = glossary_faults(assignment("a/own", term("loss", "потери")))
    assert len(faults) == len(told)
    assert all(part in fault for part, fault in zip(told, faults, strict=True))


def test_a_new_assignment_contradicts_none_of_the_bank():
    """What `grader new` writes is proved beside them."""
    root = Path(__file__).resolve().parents[2]
    skeleton = tomllib.loads((root / "grader/harness/skeleton_files/terms.toml.txt").read_text(encoding="utf-8"))
    pipeline = tomllib.loads((root / "assignments/frameworks/sklearn-pipeline/terms.toml").read_text(encoding="utf-8"))
    assert [term for term in skeleton["term"] if term not in pipeline["term"]] == []


def test_what_statements_of_the_bank_link():
    """A few words that are a term here and an everyday word there."""
    from grader.core.assignment import by_name
    from grader.core.needs import all_needed

    known = by_name(Path(__file__).resolve().parents[2] / "assignments")
    glossary = of_assignments(known.values())
    needs = {name: one.needs for name, one in known.items()}

    def linked(name: str, text: str, language: str) -> list[str]:
        chosen = links(glossary, name, all_needed(name, needs), language)
        return [entry.term.name["en"] for *_, entry in chosen.find(text)]

    assert linked("sequences/attention", "keys and a memory", "en") == ["key", "attention memory"]
    assert linked("generative/autoregressive", "a memory and keys", "en") == ["memory"]
    assert linked("text/word2vec", "Обратите внимание: видит одно и то же", "ru") == []
    assert linked("clustering/density", "вложенные циклы, теми же шагами, шум", "ru") == ["noise"]
    assert linked("convolutions/blocks", "с шагом 2", "ru") == ["stride"]
