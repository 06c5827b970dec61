"""What an assignment tells of its terms is read, and what is wrong is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.core.errors import AssignmentFault
from grader.core.terms import Term, terms

TERM = """
[[term]]
en = "loss"
ru = "потери"
meaning.en = "How bad it is."
meaning.ru = "Насколько плохо."
forms.en = ["loss function"]
common = true
"""


def read_terms(folder: Path, text: str) -> list[Term]:
    (folder / "terms.toml").write_text(text, encoding="utf-8")
    return terms("clustering/kmeans", folder)


def test_a_term_may_have_other_forms_and_be_a_common_word(tmp_path):
    name, meaning = {"en": "loss", "ru": "потери"}, {"en": "How bad it is.", "ru": "Насколько плохо."}
    assert read_terms(tmp_path, TERM) == [Term(name, meaning, {"en": ("loss function",)}, common=True)]
    assert not read_terms(tmp_path, TERM.replace("common = true", ""))[0].common


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('["loss function"]', '"loss function"', "term 1: forms must be lists of texts"),
        ('["loss function"]', '[""]', "term 1: forms must be lists of texts"),
        ("forms.en", "forms.de", "term 1: forms must be lists of texts"),
        ("common = true", "common = 1", "term 1: common must be true or false"),
        ("common = true", "everyday = true", "term 1 must have en, ru, meaning.en and meaning.ru"),
        ('meaning.ru = "Насколько плохо."', "", "term 1 must have en, ru, meaning.en and meaning.ru"),
    ],
)
def test_what_is_wrong_with_a_term_is_told(tmp_path, was, becomes, told):
    with pytest.raises(AssignmentFault) as fault:
        read_terms(tmp_path, TERM.replace(was, becomes))
    assert told in str(fault.value)
