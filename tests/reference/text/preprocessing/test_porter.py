"""Porter's stemmer against nltk on 300 words, by the examples of the paper, and properties."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference.text.preprocessing import porter
from reference.text.preprocessing.porter import measure, stem

ROOT = Path(__file__).resolve().parents[4]
LINES = (ROOT / "assignments/text/preprocessing/hidden/stems.txt").read_text(encoding="utf-8").splitlines()
WORDS = {word: expected for _, word, expected in map(str.split, LINES)}  # from nltk 3.10, its original mode
WITH_RULES = {**porter.PLURALS, **porter.DOUBLE_SUFFIXES, **porter.MIDDLE_SUFFIXES, **porter.LAST_SUFFIXES}


def test_as_nltk():
    assert len(WORDS) == len(LINES) == 300
    assert {word: stem(word) for word in WORDS} == WORDS


def test_by_the_examples_of_the_paper():
    text = (
        "caresses caress ponies poni ties ti caress caress cats cat feed feed agreed agre plastered plaster bled bled "
        "motoring motor sing sing conflated conflat troubled troubl sized size hopping hop tanned tan falling fall "
        "hissing hiss fizzed fizz failing fail filing file happy happi sky sky relational relat conditional condit "
        "rational ration vietnamization vietnam triplicate triplic electrical electr goodness good revival reviv "
        "adoption adopt homologou homolog probate probat rate rate cease ceas controll control roll roll"
    )
    examples = text.split()
    for word, expected in zip(examples[::2], examples[1::2], strict=True):
        assert stem(word) == expected, word
    assert [measure(word) for word in ("tr", "ee", "tree", "y", "by")] == [0] * 5
    assert [measure(word) for word in ("trouble", "oats", "trees", "ivy")] == [1] * 4
    assert [measure(word) for word in ("troubles", "private", "oaten", "orrery")] == [2] * 4
    assert measure("syzygy") == 2


def test_what_stays():
    for word in ("", "a", "is", "by", "as", "ед", "столами", "don't", "e-mails", "1990s", "naïveness"):
        assert stem(word) == word


def test_each_rule_shortens_some_word_of_the_list():
    stripped = {suffix for suffix in WITH_RULES if any(word.endswith(suffix) for word in WORDS)}
    of_y = {"enci", "anci", "abli", "alli", "entli", "eli", "ousli", "aliti", "iviti", "biliti", "iciti", "iti"}
    assert set(WITH_RULES) - stripped <= of_y | {"ou"}
    assert {ending for ending in of_y if any(word.endswith(ending[:-1] + "y") for word in WORDS)} == of_y


def test_stems_are_no_longer_than_words():
    for word in WORDS:
        assert 1 <= len(stem(word)) <= len(word)


def test_errors():
    for bad in (None, 3, ["word"]):
        with pytest.raises(ValueError, match=r"^word must"):
            stem(bad)
