"""Frequencies against Counter, stop words by hand and by a property on both corpora."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from grader.testing.corpora import TOPICS, corpus
from reference.text.preprocessing.cleaning import tokens
from reference.text.preprocessing.stopwords import corpus_stopwords, frequencies, remove


def test_by_hand():
    assert frequencies([]) == []
    assert frequencies(["б", "ё", "я", "б", "е"]) == [("б", 2), ("е", 1), ("я", 1), ("ё", 1)]
    documents = [["и", "кит", "и", "кот"], ["кот", "и", "дом"], []]
    assert corpus_stopwords(documents, 2, ["и"]) == ["кот", "дом"]
    assert corpus_stopwords(documents, 9, {"кот"}) == ["и", "дом", "кит"]
    assert corpus_stopwords(documents, 1, ()) == ["и"]
    assert remove(["и", "кит", "и", "кит"], {"и"}) == ["кит", "кит"]


@pytest.mark.parametrize("seed", range(3))
def test_as_counter(seed):
    words = np.random.default_rng(seed).choice(list("абвгдежзя"), size=200).tolist()
    found = frequencies(words)
    assert dict(found) == Counter(words)
    assert [count for _, count in found] == [count for _, count in Counter(words).most_common()]
    for (first, often), (second, seldom) in pairwise(found):
        assert often > seldom or first < second


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_removed_is_at_the_top_no_more(language):
    documents = [[word for sentence in corpus(language, topic) for word in tokens(sentence)] for topic in TOPICS]
    everything = [word for document in documents for word in document]
    known = [word for word, _ in frequencies(everything)[:5]]
    own = corpus_stopwords(documents, 5, known)
    assert not set(own) & set(known)
    rest = frequencies(remove(everything, known + own))
    assert [*known, *own] == [word for word, _ in frequencies(everything)[:10]]
    assert rest == frequencies(everything)[10:]


def test_errors():
    with pytest.raises(ValueError, match=r"^tokens must"):
        frequencies("text")
    with pytest.raises(ValueError, match=r"^tokens must"):
        remove("text", [])
    for bad in ("text", ["text"], [["a"], "b"]):
        with pytest.raises(ValueError, match=r"^documents must"):
            corpus_stopwords(bad, 1, [])
    with pytest.raises(ValueError, match=r"^top must"):
        corpus_stopwords([["a"]], 0, [])
