"""n-grams against scikit-learn's, hashes against published ones and numpy's arithmetic, by hand, and properties."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from reference.extraction.subwords.ngrams import bucket, ngrams

WORDS = ("where", "a", "Ёжик", "ля-ля-ля", "overwhelmingly", "banana")


def test_by_hand():
    assert ngrams("кот", 3, 4) == ["<ко", "кот", "от>", "<кот", "кот>"]
    assert ngrams("where", 3, 3) == ["<wh", "whe", "her", "ere", "re>"]
    assert ngrams("a") == ["<a>"]
    assert ngrams("a", 1, 1) == ["<", "a", ">"]
    assert ngrams("a", 4, 6) == []


@pytest.mark.parametrize("bounds", [(3, 6), (1, 2), (4, 4), (2, 20)])
def test_as_sklearn(bounds):
    for word in WORDS:
        counter = CountVectorizer(analyzer="char", ngram_range=bounds, lowercase=False)
        try:
            counts = counter.fit_transform([f"<{word}>"]).toarray()[0]
        except ValueError:  # no n-gram at all
            assert ngrams(word, *bounds) == []
            continue
        assert Counter(ngrams(word, *bounds)) == dict(zip(counter.get_feature_names_out(), counts, strict=True))
        assert ngrams(word, *bounds) == sorted(ngrams(word, *bounds), key=len)  # stable: by length, then by place


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", 0xE40C292C), ("b", 0xE70C2DE5), ("fo", 0x6222E842), ("foo", 0xA9F37ED7), ("foobar", 0xBF9CF968)],
)
def test_published_hashes(text, expected):
    assert bucket(text, 2**32) == expected


def test_as_numpy():
    for word in WORDS:
        for ngram in ngrams(word):
            found = np.array([2166136261], dtype=np.uint32)
            for byte in np.frombuffer(ngram.encode(), dtype=np.uint8):
                found = (found ^ byte) * np.uint32(16777619)
            assert bucket(ngram, 1000) == int(found[0]) % 1000


def test_rows_are_spread():
    rows = [bucket(f"{a}{b}{c}", 50) for a in "абвгдежзик" for b in "лмнопрстуф" for c in "хцчшщъыьэю"]
    counts = np.bincount(rows, minlength=50)
    assert counts.min() > 5
    assert counts.max() < 40


@pytest.mark.parametrize(
    ("name", "arguments"), [("word", ("",)), ("word", (3,)), ("low", ("a", 0)), ("high", ("a", 3, 2))]
)
def test_errors(name, arguments):
    with pytest.raises(ValueError, match=f"^{name} must"):
        ngrams(*arguments)


def test_errors_of_rows():
    for name, arguments in (("ngram", ("", 5)), ("buckets", ("a", 0))):
        with pytest.raises(ValueError, match=f"^{name} must"):
            bucket(*arguments)
