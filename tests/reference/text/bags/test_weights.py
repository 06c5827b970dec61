"""TF-IDF and search: by hand, against scikit-learn without smoothing, and by what may not depend on what."""

import math

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics.pairwise import cosine_similarity

from grader.testing.inputs import sentences
from reference.text.bags.counts import bag, vocabulary
from reference.text.bags.weights import idf, search, tf, tfidf

CORPORA = [sentences(np.random.default_rng(1), 40, language) for language in ("ru", "en")]


def test_by_hand():
    documents, known = [["a", "b", "b", "z"], ["b"], [], ["c", "b"]], {"a": 0, "b": 1, "c": 2, "d": 3}
    rarity = [math.log(4), math.log(4 / 3), math.log(4), 0.0]
    assert idf(documents, known).tolist() == pytest.approx(rarity, rel=1e-14)
    shares = [[1 / 4, 1 / 2, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 1 / 2, 1 / 2, 0]]
    assert tf(documents, known).toarray().tolist() == shares
    np.testing.assert_allclose(tfidf(documents, known).toarray(), np.array(shares) * rarity, rtol=1e-14)


@pytest.mark.parametrize("documents", CORPORA)
def test_scikit_learn_adds_one_to_the_idf(documents):
    known = vocabulary(documents)
    theirs = TfidfTransformer(smooth_idf=False, norm=None).fit(bag(documents, known))
    np.testing.assert_allclose(idf(documents, known), theirs.idf_ - 1, rtol=1e-12, atol=1e-14)
    shares = tf(documents, known)
    expected = theirs.transform(shares).toarray() - shares.toarray()
    np.testing.assert_allclose(tfidf(documents, known).toarray(), expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("documents", CORPORA)
def test_search_is_by_scikit_learn_s_cosine(documents):
    known = vocabulary(documents)
    rows = tfidf(documents, known)
    for number in range(5):
        query = [*documents[number][:3], *documents[number + 7]]
        one = (tf([query], known).toarray() * idf(documents, known))[0]
        expected = cosine_similarity(rows, one[None])[:, 0]
        found = search(query, documents, len(documents))
        np.testing.assert_allclose(expected[found], np.sort(expected)[::-1], atol=1e-11)


def test_a_document_finds_itself_however_long_it_is():
    documents = [["a", "b"], ["a", "c", "d"], ["b", "d"], ["e"]]
    for number, words in enumerate(documents):
        assert search(words * 5, documents, 1).tolist() == [number]
    assert search(["c"], [*documents, ["a", "c", "d"] * 3], 2).tolist() == [1, 4]


def test_ties_and_zeros():
    documents = [[], ["a"], ["b"], ["a"], ["c"]]
    assert search(["a"], documents, 5).tolist() == [1, 3, 0, 2, 4]
    assert search(["z"], documents, 3).tolist() == [0, 1, 2]
    assert search([], documents, 9).tolist() == [0, 1, 2, 3, 4]


def test_cosines_that_differ_by_rounding_alone_are_equal():
    """The same counts in another order: each cosine is 15 / sqrt(275)."""
    counts = np.random.default_rng(3).permuted(np.tile(np.arange(1, 6), (40, 1)), axis=1)
    documents = [["f"], *(np.repeat(list("abcde"), row).tolist() for row in counts)]
    assert search(list("abcde"), documents, 41).tolist() == [*range(1, 41), 0]


@pytest.mark.parametrize("documents", CORPORA)
def test_shares_sum_to_one_and_common_words_are_not_stored(documents):
    everywhere = [["и", *words] for words in documents]
    known = vocabulary(everywhere)
    np.testing.assert_allclose(tf(everywhere, known).sum(axis=1), 1, rtol=1e-12)
    weighted = tfidf(everywhere, known)
    assert weighted[:, [known["и"]]].nnz == 0
    assert weighted.data.all()


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("documents", lambda: tf([], {"a": 0})),
        ("vocabulary", lambda: idf([["a"]], {})),
        ("query", lambda: search("a b", [["a"]], 1)),
        ("documents", lambda: search(["a"], [[]], 1)),
        ("top", lambda: search(["a"], [["a"]], 0)),
    ],
)
def test_bad_arguments_are_refused(name, call):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
