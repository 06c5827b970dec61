"""The page of lectures tells what the assignments and the catalogue do."""

import re
from shutil import copytree

from tests.lectures import PAGE, current, page
from tests.pages import ROOT

FOLDER = ROOT / "assignments"
CATALOGUE = """
[[lecture]]
number = 9
package = "clustering"
title = { en = "Clustering", ru = "Кластеризация" }

[lecture.rows]
"L09.free" = { en = "Nobody's", ru = "Ничья" }
"L09.kmeans" = { en = "k-means", ru = "k-средних" }
"""


def proof(points, seconds):
    """A record with these figures."""
    figures = {"points": points, "tests": 15, "mutants": 31, "accepted": 1, "seeds": 3, "seconds": seconds}
    return 'sha256 = "x"\n' + "".join(f"{name} = {value}\n" for name, value in figures.items()) + "[caught]\n"


def one_assignment(tmp_path, proof):
    """A folder with a catalogue of two rows and an assignment that covers one of them."""
    folder = tmp_path / "assignments"
    copytree(FOLDER / "clustering" / "kmeans", folder / "clustering" / "kmeans")
    (folder / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    (folder / "clustering" / "kmeans" / "proof.toml").write_text(proof, encoding="utf-8")
    return folder


def test_the_page_is_that_of_make_lectures():
    """Seconds are of the machine that made a record: they are not compared."""
    assert current(PAGE.read_text(encoding="utf-8")) == current(page(FOLDER)), "run `make lectures`"


def test_a_row_of_the_page(tmp_path):
    text = page(one_assignment(tmp_path, proof(15.5, 40)))
    assert "| L09.free | Nobody's | free |  |  |  |  |\n" in text
    link = "[clustering/kmeans](../../assignments/clustering/kmeans/statement.en.md)"
    assert re.search(rf"\| L09.kmeans \| k-means \| {re.escape(link)} \| 15.5 \| numpy \| [1-9]\d* \| 40 \|\n", text)
    assert "Rows: 2, in assignments: 1; assignments: 1, recorded points: 15.5.\n" in text


def test_only_seconds_may_differ(tmp_path):
    folder = one_assignment(tmp_path, proof(15.5, 40))
    before = page(folder)
    (folder / "clustering" / "kmeans" / "proof.toml").write_text(proof(15.5, 41), encoding="utf-8")
    assert page(folder) != before
    assert current(page(folder)) == current(before)
    (folder / "clustering" / "kmeans" / "proof.toml").write_text(proof(16, 41), encoding="utf-8")
    assert current(page(folder)) != current(before)
    shorter = before.replace("Shapes of clusters and fields of application: motivation.", "")
    assert current(shorter) != current(before)
