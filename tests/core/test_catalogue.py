"""The rows of the lectures, and what of them stands in a checkout."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from grader.core.catalogue import entries, read
from grader.core.errors import AssignmentFault

from .courses import assignment

FOLDER = "assignments"
BUILT_IN = read(Path("a folder without a catalogue"))
PER_LECTURE = {1: 16, 2: 29, 3: 13, 4: 18, 5: 8, 6: 20, 7: 14, 8: 8, 9: 17, 10: 20, 11: 24, 12: 15}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "reference" / "sequences").mkdir(parents=True)
    (tmp_path / "reference" / "sequences" / "lstm.py").write_text('"""LSTM (lecture 6, L06.lstm)."""\n')
    return tmp_path


def covering(name, root, rows, mutants=()):
    """An assignment with a mutants.toml of so many mutants a row."""
    folder = root / "assignments" / name
    folder.mkdir(parents=True)
    tables = [f'["{row}"]\nfile = "f"\n' for row in dict.fromkeys(mutants)]
    texts = 'why.en = "w"\nwhy.ru = "п"\nfind = "a"\nreplace = "b"\n'
    tables += [f'["{row}".m{n}]\n{texts}' for n, row in enumerate(mutants)]
    (folder / "mutants.toml").write_text("".join(tables))
    return replace(assignment(name, "task"), folder=folder, covers=dict.fromkeys(rows, ("solve",)))


def test_every_lecture_has_its_rows_once_and_in_order():
    rows = [(row, lecture.number) for lecture in BUILT_IN.lectures for row in lecture.rows]
    ids = [row for row, _ in rows]
    assert len(set(ids)) == len(ids) == 202
    assert Counter(lecture for _, lecture in rows) == PER_LECTURE
    assert all(re.fullmatch(rf"L{lecture:02}\.[a-z0-9_]+", row) for row, lecture in rows)
    assert [lecture for _, lecture in rows] == sorted(lecture for _, lecture in rows)


def test_every_row_has_a_title_of_its_own_in_both_languages():
    named = BUILT_IN.titles
    assert list(named) == list(BUILT_IN.rows)
    for code in ("en", "ru"):
        texts = [title[code].strip() for title in named.values()]
        assert all(texts)
        assert len(set(texts)) == len(texts)


def test_a_row_knows_its_reference_assignment_and_mutants(root):
    listed = [covering("sequences/lstm", root, ["L06.lstm", "L06.peephole"], ["L06.lstm", "L06.lstm", "L06.peephole"])]
    found = {entry.id: entry for entry in entries(listed, root / FOLDER)}
    assert len(found) == len(BUILT_IN.rows)
    lstm, peephole, gru = (found[f"L06.{name}"] for name in ("lstm", "peephole", "gru"))
    assert (lstm.lecture, lstm.reference, lstm.assignment, lstm.mutants) == (
        6,
        "reference/sequences/lstm.py",
        "sequences/lstm",
        2,
    )
    assert (peephole.reference, peephole.assignment, peephole.mutants) == (None, "sequences/lstm", 1)
    assert (gru.reference, gru.assignment, gru.mutants) == (None, None, 0)


def test_an_id_that_begins_like_another_is_another(root):
    (root / "reference" / "sequences" / "birnn.py").write_text('"""L06.rnn_of_mine and L06.birnn."""\n')
    found = {entry.id: entry.reference for entry in entries([], root / FOLDER)}
    assert found["L06.rnn"] is None
    assert found["L06.birnn"] == "reference/sequences/birnn.py"


def test_a_row_belongs_to_one_assignment(root):
    twice = [covering(name, root, ["L06.lstm"]) for name in ("sequences/lstm", "sequences/again")]
    with pytest.raises(AssignmentFault, match=r"sequences/again covers L06\.lstm, which belongs to sequences/lstm"):
        entries(twice, root / FOLDER)


def test_an_unknown_row_is_refused(root):
    with pytest.raises(AssignmentFault, match=r"covers L06\.ltsm"):
        entries([covering("sequences/lstm", root, ["L06.ltsm"])], root / FOLDER)


# -- a catalogue beside the assignments

OWN = """references = "algebra_reference"
[[lecture]]
number = 2
package = "bases"
title = { en = "Bases", ru = "Базисы" }
[lecture.rows]
"A2.gram" = { en = "Gram matrix", ru = "Матрица Грама" }
[[lecture]]
number = 1
package = "spaces"
title = { en = "Spaces", ru = "Пространства" }
[lecture.rows]
"A1.rank" = { en = "Rank", ru = "Ранг" }
"A1.span" = { en = "Span", ru = "Линейная оболочка" }
"""


def own(root, text=OWN):
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_catalogue_beside_the_assignments_is_the_whole_catalogue(root):
    folder = own(root)
    (root / "algebra_reference").mkdir()
    (root / "algebra_reference" / "rank.py").write_text('"""Rank (A1.rank)."""')
    (root / "reference" / "sequences" / "span.py").write_text('"""Of another course (A1.span)."""')
    found = {entry.id: entry for entry in entries([covering("spaces/rank", root, ["A1.rank"], ["A1.rank"])], folder)}
    assert list(found) == ["A1.rank", "A1.span", "A2.gram"]
    rank = found["A1.rank"]
    assert (rank.lecture, rank.reference, rank.assignment, rank.mutants) == (
        1,
        "algebra_reference/rank.py",
        "spaces/rank",
        1,
    )
    assert found["A1.span"].reference is None
    with pytest.raises(AssignmentFault, match=r"covers L06\.lstm, which belongs to no lecture"):
        entries([covering("sequences/lstm", root, ["L06.lstm"])], folder)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("number = 1", 'number = "1"', "lecture 2: number must be a whole number"),
        ("number = 1", "number = true", "lecture 2: number must be a whole number"),
        ("number = 1", "number = 2", "twice as a number: 2"),
        ('"spaces"', '"bases"', "twice as a package: bases"),
        (
            '"spaces"',
            '"Spaces"',
            'lecture 2: package must be the name of a package, in lower case, such as "clustering"',
        ),
        ('"spaces"', '"linear-spaces"', "lecture 2: package must be the name of a package"),
        ('"spaces"', '"lambda"', "lecture 2: package must be the name of a package"),
        ('"A1.span"', '"A2.gram"', "twice as a row: A2.gram"),
        ('"A1.span"', '"B1.rank"', "lecture 2: twice as a second part of a row: rank"),
        ('"A1.span"', '"span"', 'lecture 2: rows."span" must be named like "L09.kmeans"'),
        ('"A1.span"', '"A1.linear-span"', 'lecture 2: rows."A1.linear-span" must be named like'),
        ('"A1.span"', "A1.span", 'lecture 2: rows."A1" must be named like'),
        ('ru = "Ранг"', 'de = "Rang"', 'lecture 2: rows."A1.rank" must be given in en and ru'),
        ('ru = "Ранг"', 'ru = " "', 'lecture 2: rows."A1.rank" must be given in en and ru'),
        (', ru = "Базисы"', "", "lecture 1: title must be given in en and ru"),
        ("[lecture.rows]", "[lecture.row]", "lecture 1: row must be one of number, package, rows, title"),
        ('"algebra_reference"', '"random"', "references must be the name of a package of its own"),
        ('"algebra_reference"', '"grader"', "references must be the name of a package of its own"),
        ('"algebra_reference"', "3", "references must be the name of a package of its own"),
        ("references", "reference", "reference must be one of lecture, references"),
        ("[[lecture]]\nnumber = 2", "[[lecture]", "(at line 2, column"),
    ],
)
def test_a_wrong_catalogue_is_told_with_place_and_expectation(root, before, after, told):
    assert before in OWN
    folder = own(root, OWN.replace(before, after, 1))
    with pytest.raises(AssignmentFault) as fault:
        read(folder)
    assert str(fault.value).startswith(f"{folder / 'catalogue.toml'}")
    assert told in str(fault.value)


@pytest.mark.parametrize("text", ["", "lecture = []", "lecture = 3", "lecture = [1]"])
def test_a_catalogue_of_nothing_is_told(root, text):
    with pytest.raises(AssignmentFault, match="lecture"):
        read(own(root, text))
