"""Bags of words: by hand, against scikit-learn, and by what may not depend on what."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from grader.testing.inputs import sentences
from reference.text.bags.counts import bag, onehot, text_vector, vocabulary

DOCUMENTS = [["кот", "ёж", "кот"], [], ["Яма", "ёж", "яма"]]
KNOWN = {"Яма": 0, "кот": 1, "яма": 2, "ёж": 3}
CORPORA = [sentences(np.random.default_rng(1), 40, language) for language in ("ru", "en")]


def test_by_hand():
    assert vocabulary(DOCUMENTS) == KNOWN
    assert list(vocabulary(DOCUMENTS)) == list(KNOWN)
    assert bag(DOCUMENTS, KNOWN).toarray().tolist() == [[0, 2, 0, 1], [0, 0, 0, 0], [1, 0, 1, 1]]
    assert onehot("яма", KNOWN).toarray().tolist() == [[0, 0, 1, 0]]
    assert onehot("пёс", KNOWN).nnz == 0
    vectors = np.arange(8.0).reshape(4, 2)
    assert text_vector(["кот", "пёс", "кот", "ёж"], KNOWN, vectors).tolist() == [10.0, 13.0]
    assert text_vector([], KNOWN, vectors).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("documents", CORPORA)
def test_as_scikit_learn_counts(documents):
    theirs = CountVectorizer(analyzer=lambda words: words)
    expected = theirs.fit_transform(documents)
    known = vocabulary(documents)
    assert known == {word: int(column) for word, column in theirs.vocabulary_.items()}
    found = bag(documents, known)
    assert np.array_equal(found.toarray(), expected.toarray())
    assert found.nnz == expected.nnz


@pytest.mark.parametrize("documents", CORPORA)
def test_a_bag_is_the_sum_of_its_one_hot_words(documents):
    known = vocabulary(documents[:20])
    for words, row in zip(documents, bag(documents, known).toarray(), strict=True):
        assert np.array_equal(sum(onehot(word, known).toarray()[0] for word in words), row)


def test_a_text_is_its_bag_times_the_vectors():
    documents = CORPORA[0]
    known = vocabulary(documents[:20])
    vectors = np.random.default_rng(2).normal(size=(len(known), 3))
    for words in documents:
        expected = (bag([words], known) @ vectors)[0]
        np.testing.assert_allclose(text_vector(words, known, vectors), expected, rtol=1e-12, atol=1e-12)


def test_large_vocabularies_stay_sparse():
    known = {str(number): number for number in range(200_000)}
    found = bag([[str(7 * number)] for number in range(20_000)], known)
    assert found.shape == (20_000, 200_000)
    assert found.nnz == 20_000


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("documents", lambda: vocabulary([])),
        ("documents", lambda: vocabulary(["a b"])),
        ("documents", lambda: bag([], KNOWN)),
        ("vocabulary", lambda: bag(DOCUMENTS, {})),
        ("vocabulary", lambda: bag(DOCUMENTS, {"a": 1})),
        ("vocabulary", lambda: onehot("a", {"a": 0, "b": 0})),
        ("word", lambda: onehot(3, KNOWN)),
        ("tokens", lambda: text_vector("a b", KNOWN, np.ones((4, 2)))),
        ("E", lambda: text_vector(["a"], KNOWN, np.ones((3, 2)))),
    ],
)
def test_bad_arguments_are_refused(name, call):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
