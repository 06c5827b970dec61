"""Tokens by hand, against scikit-learn where texts are plain, and properties on both corpora."""

from __future__ import annotations

import unicodedata

import pytest
from sklearn.feature_extraction.text import CountVectorizer

from grader.testing.corpora import corpus
from reference.text.preprocessing.cleaning import tokens

ACUTE, BREVE, DIAERESIS = "\u0301", "\u0306", "\u0308"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("— … «» !?", ""),
        ("«Привет, Мир!» — сказал он.", "привет мир сказал он"),
        ("Ёж, ещё ёлка и ЛЁД", "ёж ещё ёлка и лёд"),
        ("кто-то из-за Санкт-Петербурга", "кто-то из-за санкт-петербурга"),
        ("мост—река, да–нет, он - она, вот--так, -15, тире-", "мост река да нет он она вот так 15 тире"),
        ("Don't, don’t, 'tis; the students’ ‘rock’n’roll’", "don't don't tis the students rock'n'roll"),
        ("3.14 и 1990-е, COVID-19, 10%", "3 14 и 1990-е covid-19 10"),
        ("snake_case a__b _x_", "snake case a b x"),
        (f"за{ACUTE}мок и замо{ACUTE}к", "замок и замок"),
        (f"и{BREVE}од, е{DIAERESIS}лка, cafe{ACUTE}", "йод ёлка café"),
        ("дважды-два-четыре a-'b", "дважды-два-четыре a b"),
    ],
)
def test_by_hand(text, expected):
    assert tokens(text) == expected.split()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_as_scikit_learn_without_hyphens_and_apostrophes(language):
    analyse = CountVectorizer(token_pattern=r"\b\w+\b").build_analyzer()
    for sentence in corpus(language):
        plain = sentence.translate(str.maketrans("-'’", "   "))
        assert tokens(plain) == analyse(plain)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_properties(language):
    for sentence in corpus(language):
        found = tokens(sentence)
        assert tokens(" ".join(found)) == found
        assert tokens(sentence.upper()) == found
        assert tokens(unicodedata.normalize("NFD", sentence)) == found


def test_errors():
    for bad in (None, 3, b"text", ["text"]):
        with pytest.raises(ValueError, match=r"^text must"):
            tokens(bad)
