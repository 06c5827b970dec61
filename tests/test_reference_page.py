"""The page of references tells what the docstrings, the catalogue and the assignments do."""

import re
from shutil import copytree

import pytest

from grader.core.catalogue import read
from tests.pages import ROOT
from tests.reference_page import PAGE, page

MODULE = "reference/clustering/centers/kmeans.py"
CATALOGUE = """
[[lecture]]
number = 9
package = "clustering"
title = { en = "Clustering", ru = "Кластеризация" }

[lecture.rows]
"L09.kmeans" = { en = "k-means | Lloyd", ru = "k-средних" }
"L09.free" = { en = "Nobody's", ru = "Ничья" }
"""


@pytest.fixture
def root(tmp_path):
    """A repository of one assignment and its reference, which must not be imported."""
    copytree(ROOT / "assignments" / "clustering" / "kmeans", tmp_path / "assignments" / "clustering" / "kmeans")
    (tmp_path / "assignments" / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / MODULE).parent.mkdir(parents=True)
    text = (ROOT / MODULE).read_text(encoding="utf-8")
    (tmp_path / MODULE).write_text(text + "\nraise RuntimeError\n", encoding="utf-8")
    return tmp_path


def change(root, old, new):
    """Another text in the reference, where the old one stands once."""
    text = (root / MODULE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / MODULE).write_text(text.replace(old, new), encoding="utf-8")


def test_the_page_is_that_of_make_references():
    assert PAGE.read_text(encoding="utf-8") == page(ROOT), "run `make references`"


def test_every_row_of_the_catalogue_is_on_the_page():
    _, *lectures = PAGE.read_text(encoding="utf-8").split("\n## ")
    for lecture, text in zip(read(ROOT / "assignments").lectures, lectures, strict=True):
        assert text.startswith(f"{lecture.number}. {lecture.title['en']}\n")
        assert [title["en"] for title in lecture.rows.values() if f"\n| {title['en']} | `" not in text] == []


def test_a_line_and_a_paper_of_the_page(root):
    change(root, "Complexity: O(n k m)", "Complexity: |x| for ``X``, O(n k m)")
    text = page(root)
    assert "\n## 9. Clustering\n\n### Section 40.1. k-means\n\n| algorithm |" in text
    assert "\n| k-means \\| Lloyd | `clustering/centers/kmeans.py` | [kmeans](clustering/centers/kmeans.py) | " in text
    assert " | \\|x\\| for `X`, O(n k m) a step" in text
    link = "[clustering/kmeans](../assignments/clustering/kmeans/statement.en.md)"
    assert f" is possible | Lloyd 1982 | {link} |\n" in text
    paper = '- S. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982)\n'
    assert text.endswith(f"\nPapers:\n\n{paper}")
    assert "Nobody's" not in text


def test_the_introduction_shows_the_example_of_the_docstring(root):
    change(root, "[9.0]], [[0.0], [1.0]])", "[7.0]], [[0.0], [1.0]])")
    shown = "    >>> kmeans([[0.0], [1.0], [7.0]], [[0.0], [1.0]])[0].tolist()\n    [[0.5], [9.0]]\n"
    assert f"    >>> from reference.clustering.centers.kmeans import kmeans\n{shown}\n" in page(root)


def test_sections_stand_in_their_order():
    numbers = re.findall(r"^### Section ([\d.]+)\. ", PAGE.read_text(encoding="utf-8"), re.M)
    assert numbers == sorted(set(numbers), key=lambda number: [*map(int, number.split("."))])
    assert len(numbers) > 50


def test_a_source_of_another_form_is_an_error(root):
    change(root, "section 40.1; Lloyd", "section 9; lecture only; Lloyd")
    with pytest.raises(LookupError, match="Source of kmeans must name a lecture and a section"):
        page(root)


def test_a_paper_without_a_full_citation_is_an_error(root):
    change(root, "(1982). Starting", "(1983). Starting")
    with pytest.raises(ValueError, match="Lloyd 1982 is cited 0 times in full"):
        page(root)
