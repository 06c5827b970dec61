"""The hidden suite of pairs of sentences. Counts are compared with their law by seven deviations."""

from collections import Counter

import numpy as np

from grader.testing import assert_count, assert_equal, hint, points, title
from grader.testing.corpora import corpus
from grader.testing.inputs import fresh

LENGTHS = (1, 2, 4, 8)


def some_documents(language="en"):
    """Documents of these lengths, all sentences different."""
    sentences = iter(corpus(language))
    return [[next(sentences) for _ in range(length)] for length in LENGTHS]


def places(documents):
    return {sentence: (i, j) for i, document in enumerate(documents) for j, sentence in enumerate(document)}


def pairs(submission, documents, count, rng):
    """The student's pairs, once they are known to be a list of tuples of two sentences and a label."""
    found = submission.sentence_pairs(documents, count, fresh(rng))
    assert isinstance(found, list), "the pairs must be a list"
    assert_equal(len(found), count, what="number of pairs")
    known = {sentence for document in documents for sentence in document}
    for pair in found:
        assert isinstance(pair, tuple | list), "a pair must be a tuple (first, second, label)"
        assert len(pair) == 3, "a pair must be a tuple (first, second, label)"
        assert all(isinstance(sentence, str) and sentence in known for sentence in pair[:2]), "unknown sentence"
        assert isinstance(pair[2], int | np.integer), "a label must be 0 or 1"
        assert int(pair[2]) in (0, 1), "a label must be 0 or 1"
    return [(first, second, int(label)) for first, second, label in found]


@title(en="sentence_pairs: what the label says", ru="sentence_pairs: что значит метка")
@hint(
    en="1: the second stands right behind the first, in this order. 0: the second comes from another document.",
    ru="1: второе стоит сразу за первым, именно в этом порядке. 0: второе — из другого документа.",
)
def test_pair_labels(submission, rng):
    for language in ("en", "ru"):
        documents = some_documents(language)
        where = places(documents)
        for first, second, label in pairs(submission, documents, 600, rng):
            (i, j), (k, m) = where[first], where[second]
            if label:
                assert (i, j + 1) == (k, m), "label 1, but the second does not follow the first"
            else:
                assert i != k, "label 0, but both are of one document"


@points("1/2")
@title(en="sentence_pairs: half and half", ru="sentence_pairs: половина на половину")
@hint(
    en="A fair coin for each pair, not the labels in turn.",
    ru="Для каждой пары — честная монета, а не чередование меток.",
)
def test_halves(submission, rng):
    labels = np.array([label for *_, label in pairs(submission, some_documents(), 2000, rng)])
    assert_count(int(labels.sum()), 2000, 0.5, "pairs with label 1")
    assert_count(int((labels[1:] == labels[:-1]).sum()), 1999, 0.5, "pairs with the label of the pair before")


@points("1/2")
@title(en="sentence_pairs: the first sentence", ru="sentence_pairs: первое предложение")
@hint(
    en="With either label, any sentence that has a next one, all equally likely: long documents come more often.",
    ru="При любой метке — любое предложение, у которого есть следующее; все равновероятны: длинные документы чаще.",
)
def test_first(submission, rng):
    documents = some_documents()
    found = pairs(submission, documents, 3000, rng)
    for label in (0, 1):
        firsts = Counter(first for first, _, of_pair in found if of_pair == label)
        candidates = [sentence for document in documents for sentence in document[:-1]]
        assert set(firsts) <= set(candidates), "the first sentence of a pair has no next one"
        for sentence in candidates:
            assert_count(firsts[sentence], sum(firsts.values()), 1 / len(candidates), "first sentences")


@title(en="sentence_pairs: the second sentence of label 0", ru="sentence_pairs: второе предложение при метке 0")
@hint(
    en="Any sentence of the other documents, all equally likely, also a first or an only one.",
    ru="Любое предложение других документов, все равновероятны; в том числе первое или единственное.",
)
def test_second(submission, rng):
    documents = some_documents()
    where = places(documents)
    found = pairs(submission, documents, 4000, rng)
    for i, document in enumerate(documents[1:], start=1):
        seconds = Counter(second for first, second, label in found if where[first][0] == i and not label)
        others = [sentence for other in documents if other is not document for sentence in other]
        assert set(seconds) <= set(others), "label 0, but both are of one document"
        for sentence in others:
            assert_count(seconds[sentence], sum(seconds.values()), 1 / len(others), "second sentences with label 0")


@points("1/2")
@title(en="sentence_pairs: sentences that repeat", ru="sentence_pairs: предложения повторяются")
@hint(
    en="Where another document holds the text of the true next sentence, that text is not drawn for label 0. A "
    "sentence that stands twice is twice as likely: no set.",
    ru="Если текст настоящего продолжения есть и в другом документе, для метки 0 он не берётся. Предложение, которое "
    "встречается дважды, вдвое вероятнее: множество не годится.",
)
def test_repeated(submission, rng):
    documents = [["yes", "no", "why"], ["no", "so", "no"], ["who"] * 6]
    followers = {"yes": {"no"}, "no": {"why", "so"}, "so": {"no"}, "who": {"who"}}
    found = pairs(submission, documents, 1500, rng)
    for first, candidates in (("yes", 7), ("so", 8)):  # six of them are "who"
        seconds = [second for one, second, label in found if one == first and not label]
        assert_count(seconds.count("who"), len(seconds), 6 / candidates, f"'who' behind '{first}' with label 0")
    for first, second, label in found:
        if label:
            assert second in followers[first], "label 1, but the second does not follow the first"
        elif first != "no":
            assert second not in followers[first], "label 0, but the second reads as the true next one"


@points("1/2")
@title(en="sentence_pairs: none, the least documents", ru="sentence_pairs: ни одной пары, наименьшие документы")
@hint(
    en="count=0 gives an empty list. A document of one sentence gives second sentences only.",
    ru="count=0 даёт пустой список. Документ из одного предложения даёт только вторые предложения.",
)
def test_pair_edges(submission, rng):
    assert_equal(pairs(submission, [["a", "b"], ["c"]], 0, rng), [], what="no pairs")
    for documents in ([["a", "b"], ["c"]], [["c"], ["a", "b"]]):
        found = set(pairs(submission, documents, 100, rng))
        assert_equal(found, {("a", "b", 1), ("a", "c", 0)}, what=f"pairs of {documents}")


@points("1/2")
@title(en="sentence_pairs: all chance comes from rng", ru="sentence_pairs: вся случайность — из rng")
@hint(
    en="Equal generators give equal pairs, others other ones.",
    ru="Равные генераторы дают равные пары, разные — разные.",
)
def test_pair_randomness(submission, rng):
    documents, seed = some_documents(), int(rng.integers(2**31))
    one, again, other = (
        submission.sentence_pairs(documents, 50, np.random.default_rng(seed + more)) for more in (0, 0, 1)
    )
    assert_equal(again, one, what="pairs from an equal rng")
    assert repr(other) != repr(one), "rng is not used"
