"""The rows of the lectures, and what of them stands in a checkout."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from grader.core.catalogue import catalogue, rows, titles
from grader.core.errors import AssignmentFault

from .courses import assignment

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
    ids = [row for row, _ in rows()]
    assert len(set(ids)) == len(ids) == 202
    assert Counter(lecture for _, lecture in rows()) == PER_LECTURE
    assert all(re.fullmatch(rf"L{lecture:02}\.[a-z0-9_]+", row) for row, lecture in rows())
    assert [lecture for _, lecture in rows()] == sorted(lecture for _, lecture in rows())


def test_every_row_has_a_title_of_its_own_in_both_languages():
    named = titles()
    assert list(named) == [row for row, _ in rows()]
    for code in ("en", "ru"):
        texts = [title[code].strip() for title in named.values()]
        assert all(texts)
        assert len(set(texts)) == len(texts)


def test_a_row_knows_its_reference_assignment_and_mutants(root):
    listed = [covering("sequences/lstm", root, ["L06.lstm", "L06.peephole"], ["L06.lstm", "L06.lstm", "L06.peephole"])]
    found = {entry.id: entry for entry in catalogue(listed, root)}
    assert len(found) == len(rows())
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
    found = {entry.id: entry.reference for entry in catalogue([], root)}
    assert found["L06.rnn"] is None
    assert found["L06.birnn"] == "reference/sequences/birnn.py"


def test_a_row_belongs_to_one_assignment(root):
    twice = [covering(name, root, ["L06.lstm"]) for name in ("sequences/lstm", "sequences/again")]
    with pytest.raises(AssignmentFault, match=r"sequences/again covers L06\.lstm, which belongs to sequences/lstm"):
        catalogue(twice, root)


def test_an_unknown_row_is_refused(root):
    with pytest.raises(AssignmentFault, match=r"covers L06\.ltsm"):
        catalogue([covering("sequences/lstm", root, ["L06.ltsm"])], root)
