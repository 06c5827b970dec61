"""Pairs of sentences: a case that chance cannot change, scipy's law of counts, independence of sentence and label."""

from collections import Counter

import numpy as np
import pytest
from scipy.stats import chisquare

from reference.text.bert.pairs import sentence_pairs

DOCUMENTS = [["a", "b", "c"], ["d"], ["e", "f", "b", "g"]]
NEXT = {"a": "b", "b": "cg", "e": "f", "f": "b"}


def test_by_hand():
    pairs = sentence_pairs([["a", "b"], ["c"]], 200, np.random.default_rng(0))
    assert set(pairs) == {("a", "b", 1), ("a", "c", 0)}
    assert sentence_pairs([["a", "b"], ["c"]], 0, np.random.default_rng(0)) == []


def test_laws_by_scipy():
    pairs = sentence_pairs(DOCUMENTS, 6000, np.random.default_rng(1))
    assert chisquare(list(Counter(label for *_, label in pairs).values())).pvalue > 1e-6
    firsts = Counter((first, label) for first, _, label in pairs)
    shares = {"a": 1, "b": 2, "e": 1, "f": 1}
    counts = [firsts[first, label] for first in shares for label in (0, 1)]
    assert chisquare(counts, [6000 * share / 10 for share in shares.values() for _ in range(2)]).pvalue > 1e-6
    seconds = Counter(second for first, second, label in pairs if first == "a" and not label)
    assert sorted(seconds) == ["d", "e", "f", "g"]
    assert chisquare(list(seconds.values())).pvalue > 1e-6


def test_a_random_one_is_never_the_next():
    for first, second, label in sentence_pairs(DOCUMENTS, 2000, np.random.default_rng(2)):
        if label:
            assert second in NEXT[first]
        elif first != "b":
            assert second not in NEXT[first]


@pytest.mark.parametrize(
    ("documents", "count", "name"),
    [
        ([["a", "b"]], 1, "documents"),
        ([["a"], ["b"]], 1, "documents"),
        ([["a", "b"], []], 1, "documents"),
        ([["a", "b"], ["b"]], 50, "documents"),
        ([["a", 1], ["b"]], 1, "documents"),
        ([["a", "b"], ["c"]], -1, "count"),
    ],
)
def test_errors(documents, count, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        sentence_pairs(documents, count, np.random.default_rng(0))
