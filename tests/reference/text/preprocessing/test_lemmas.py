"""Lemmas by hand in both languages, against a search of all rules, and properties."""

from __future__ import annotations

import numpy as np
import pytest

from reference.text.preprocessing.lemmas import lemma

RULES = [
    ("а", ""),
    ("ами", ""),
    ("ами", "а"),
    ("ок", "ка"),
    ("ят", "ёнок"),
    ("ями", "ь"),
    ("", "а"),
    ("ла", "ть"),
    ("ого", "ый"),
]
LEMMAS = {"стол", "книга", "палка", "котёнок", "лошадь", "река", "читать", "красный", "мама", "ножка", "лев"}
FORMS = {"люди": "человек", "шла": "идти", "Львов": "Львов", "львов": "лев"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("стола", "стол"),
        ("столами", "стол"),
        ("книгами", "книга"),
        ("палок", "палка"),
        ("котят", "котёнок"),
        ("лошадями", "лошадь"),
        ("рек", "река"),
        ("читала", "читать"),
        ("красного", "красный"),
        ("мама", "мама"),
        ("люди", "человек"),
        ("шла", "идти"),
        ("Львов", "Львов"),
        ("львов", "лев"),
        ("вагонами", "вагонами"),
        ("Стола", "Стола"),
        ("", ""),
    ],
)
def test_by_hand(word, expected):
    assert lemma(word, FORMS, RULES, LEMMAS) == expected


def test_a_longer_ending_comes_first_and_equal_ones_in_their_order():
    lemmas = {"leaf", "leave", "car", "care"}
    assert lemma("leaves", {}, [("s", ""), ("ves", "f")], lemmas) == "leaf"
    assert lemma("leaves", {}, [("s", ""), ("ves", "fe")], lemmas) == "leave"
    assert lemma("caring", {}, [("ing", "e"), ("ing", "")], lemmas) == "care"
    assert lemma("caring", {}, [("ing", ""), ("ing", "e")], lemmas) == "car"


@pytest.mark.parametrize("seed", range(3))
def test_as_a_search_of_all_splits(seed):
    rng = np.random.default_rng(seed)

    def some(low, high, count):
        return ["".join(rng.choice(list("аб"), size=rng.integers(low, high))) for _ in range(count)]

    for _ in range(300):
        word, lemmas = some(1, 6, 1)[0], set(some(1, 5, 6))
        rules = list(zip(some(0, 4, 5), some(0, 3, 5), strict=True))
        expected = word
        if word not in lemmas:
            for place in range(len(word), -1, -1):  # the last one that fits has the longest ending
                fits = [
                    word[:place] + new for old, new in rules if old == word[place:] and word[:place] + new in lemmas
                ]
                expected = fits[0] if fits else expected
        assert lemma(word, {}, rules, lemmas) == expected
        assert lemma(word, {word: "x"}, rules, lemmas) == "x"


def test_errors():
    with pytest.raises(ValueError, match=r"^word must"):
        lemma(3, {}, [], set())
    for bad in ([("а",)], ["abc"], [("а", 3)], ["ab", "abc"]):
        with pytest.raises(ValueError, match=r"^rules must"):
            lemma("а", {}, bad, set())
