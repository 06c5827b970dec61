"""The vocabulary by hand, against Counter, and by its properties."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from grader.testing.inputs import sentences
from reference.text.word2vec.vocabulary import build, encode


def test_by_hand():
    text = [["ёж", "яма", "еж"], ["яма", "Яма", "ёж"], ["еж", "лес"], ["<unk>"]]
    assert build(text, 1) == ["<unk>", "еж", "яма", "ёж", "Яма", "лес"]
    assert build(text, 2) == ["<unk>", "еж", "яма", "ёж"]
    assert build(text, 3) == ["<unk>"]
    assert [ids.tolist() for ids in encode(text, build(text, 2))] == [[3, 2, 1], [2, 0, 3], [1, 0], [0]]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_against_counter(language):
    text = sentences(np.random.default_rng(0), 40, language)
    counts = Counter(word for sentence in text for word in sentence)
    words = build(text, 3)
    assert set(words[1:]) == {word for word, count in counts.items() if count >= 3}
    assert [counts[word] for word in words[1:]] == [count for _, count in counts.most_common()][: len(words) - 1]
    ids = encode(text, words)
    assert [[words[place] for place in sentence] for sentence in ids] == [
        [word if counts[word] >= 3 else "<unk>" for word in sentence] for sentence in text
    ]


def test_the_order_of_sentences_does_not_matter():
    text = sentences(np.random.default_rng(1), 30, "ru")
    assert build(text, 1) == build(text[::-1], 1)


@pytest.mark.parametrize(
    ("named", "call"),
    [
        ("sentences", lambda: build("ab", 1)),
        ("min_count", lambda: build([["a"]], 0)),
        ("words", lambda: encode([], [])),
        ("words", lambda: encode([], ["a", "<unk>"])),
        ("words", lambda: encode([], ["<unk>", "a", "a"])),
        ("sentences", lambda: encode(["a"], ["<unk>"])),
    ],
)
def test_bad_arguments_are_named(named, call):
    with pytest.raises(ValueError, match=f"^{named} must"):
        call()
