"""The hidden suite of skip-gram: pairs, noise, the loss and its gradients, training, nearest words."""

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    depends,
    each,
    hint,
    limit,
    points,
    title,
)
from grader.testing.inputs import fresh
from reference.text.word2vec.similarity import nearest
from reference.text.word2vec.skipgram import noise, skipgram
from reference.text.word2vec.windows import pairs

from .shared import WORDS, assert_first_vectors, assert_grouped, grouped, groups, near, parts, random_ids, two_matrices

RESULTS = ("loss", "dW_in", "dW_out")


def compare_pairs(submission, ids, window):
    expected = pairs(ids, window)
    found = assert_array(
        submission.pairs(ids, window), shape=expected.shape, kind="int" if expected.size else "real", what="pairs"
    )
    if expected.size:
        assert_equal(found, expected, what="pairs")


@title(en="Pairs of a long sentence", ru="Пары длинного предложения")
@hint(
    en="(word, neighbour), in the order of the text by the word, then by the neighbour. No word with its own place; "
    "the same word at another place is a neighbour like others.",
    ru="(слово, сосед) в порядке текста: сначала по слову, затем по соседу. Не пара — слово с собственным местом; "
    "то же слово на другом месте — сосед, как все.",
)
def test_pairs(submission, rng):
    for window in (1, 2, 3):
        compare_pairs(submission, random_ids(rng, [9], 5), window)


@points("1/2")
@title(en="Pairs end with the sentence", ru="Пары не выходят за предложение")
@hint(
    en="Words of two sentences are no pair. Words alone and empty sentences give none; where there is no pair at all, "
    "the shape is (0, 2).",
    ru="Слова разных предложений — не пара. Одиночные слова и пустые предложения пар не дают; если пар нет вовсе, "
    "форма (0, 2).",
)
def test_pairs_of_sentences(submission, rng):
    for window in (1, 4):
        compare_pairs(submission, random_ids(rng, [2, 1, 5, 0, 3], 30), window)
    compare_pairs(submission, random_ids(rng, [1, 0], 30), 2)


@points("3/4")
@title(en="The law of the negatives", ru="Распределение отрицательных примеров")
@hint(
    en="Counts to the power 0.75, divided by their sum. A word that never occurs has the probability 0.",
    ru="Числа вхождений в степени 0.75, делённые на их сумму. Слово, которого нет в тексте, имеет вероятность 0.",
)
def test_noise(submission, rng):
    for counts in (rng.integers(1, 500, size=9), np.array([0, 7, 0, 1]), rng.integers(1, 9, size=1)):
        near(submission.noise(counts), noise(counts), f"noise({counts.tolist()})")


def matrices(rng, V, d):
    return rng.normal(size=(V, d)), rng.normal(size=(V, d))


def compare(submission, name, *arguments):
    """One of the three results of skipgram."""
    place = RESULTS.index(name)
    near(parts(submission.skipgram(*arguments), 3, "skipgram")[place], skipgram(*arguments)[place], name)


@each(RESULTS, worth=1, en="Skip-gram: {name}", ru="Skip-gram: {name}")
@hint(
    en="Rows of W_in for centres, rows of W_out for contexts and negatives. A negative has the minus within the "
    "sigmoid; the terms of a pair are added up, and the mean is over the pairs alone.",
    ru="Для центров — строки W_in, для контекстов и отрицательных — строки W_out. У отрицательных минус внутри "
    "сигмоиды; слагаемые одной пары складываются, а среднее берётся только по парам.",
)
def test_skipgram(submission, rng, name):
    for n, r in ((1, 1), (4, 3)):
        words, centers = rng.permutation(20), rng.permutation(20)[:n]  # each word once
        compare(submission, name, *matrices(rng, 20, 5), centers, words[:n], words[n : n + n * r].reshape(n, r))


@each(RESULTS[1:], worth="1/2", en="Skip-gram, words that repeat: {name}", ru="Skip-gram, слова повторяются: {name}")
@hint(
    en="A word that stands several times, as context, as negative or as both, gets all its gradients, added up.",
    ru="Слово, которое встретилось несколько раз — как контекст, как отрицательное или и так и так, — получает сумму "
    "своих градиентов.",
)
def test_repeated_words(submission, rng, name):
    centers, contexts, negatives = rng.integers(4, size=9), rng.integers(4, size=9), rng.integers(4, size=(9, 3))
    negatives[0], negatives[1, 1] = 2, contexts[1]
    compare(submission, name, *matrices(rng, 6, 3), centers, contexts, negatives)


@each(RESULTS, worth="1/6", en="Skip-gram, products of 800: {name}", ru="Skip-gram, произведения около 800: {name}")
@hint(
    en="-ln sigmoid(x) is ln(1 + e^-x): at x = -800 it is 800, not infinity. np.logaddexp computes it.",
    ru="-ln sigmoid(x) — это ln(1 + e^-x): при x = -800 это 800, а не бесконечность. Так считает np.logaddexp.",
)
def test_huge_products(submission, rng, name):
    W_in = np.vstack([np.full(5, 40.0), np.full(5, -40.0)]) + rng.normal(size=(2, 5))
    W_out = np.vstack([np.full(5, 4.0), np.full(5, -4.0)]) + 0.1 * rng.normal(size=(2, 5))
    centers, contexts = np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])
    compare(submission, name, W_in, W_out, centers, contexts, 1 - contexts[:, None])


def trained(submission, ids, V, d, negatives, rate, epochs, rng, window=2):
    found = submission.train_skipgram(ids, V, d, window=window, negatives=negatives, rate=rate, epochs=epochs, rng=rng)
    return two_matrices(found, V, d, "train_skipgram")


SLOW = 1e-6  # with such a rate W_in stays what it was, and W_out adds up the gradients


@points("1/4")
@title(en="Training skip-gram: the first vectors", ru="Обучение skip-gram: начальные векторы")
@hint(
    en="W_in is uniform from -1/(2d) to 1/(2d).",
    ru="W_in — равномерно от -1/(2d) до 1/(2d).",
)
def test_first_vectors_of_skipgram(submission, rng):
    for V, d in ((30, 20), (100, 4)):
        W_in, _ = trained(submission, random_ids(rng, [4], V), V, d, 2, SLOW, 1, fresh(rng))
        assert_first_vectors(W_in)


def turns(W_in, W_out):
    """How often each word (V,) had which centre (V,) as a positive, less how often it had it as a negative.

    While W_out is nearly 0, a positive adds rate / 2 / 32 times the centre's vector to the word's row, and a negative
    takes as much off. With d >= V these sums can be taken apart again.
    """
    return W_out @ np.linalg.pinv(W_in) / SLOW * 64


@title(
    en="Training skip-gram: one pass over the pairs",
    ru="Обучение skip-gram: один проход по парам",
)
@hint(
    en="W_out begins at 0. Each pair has one turn in an epoch, with as many negatives as are asked for; batches have "
    "32, and the loss of a batch is its mean.",
    ru="W_out начинается с нуля. За эпоху каждая пара участвует один раз и получает столько отрицательных, сколько "
    "задано; в пакете 32 пары, его ошибка — среднее.",
)
def test_pairs_and_negatives(submission, rng):
    for window, lengths, negatives in ((1, [5, 9, 13, 9], 3), (3, [7, 8, 7], 2), (3, [7, 8, 7], 5)):
        ids = random_ids(rng, lengths, 10)  # 64 or 96 pairs
        W_in, W_out = trained(submission, ids, 10, 16, negatives, SLOW, 1, fresh(rng), window=window)
        expected = (1 - negatives) * np.bincount(pairs(ids, window)[:, 0], minlength=10)
        assert_close(
            turns(W_in, W_out).sum(axis=0), expected.astype(float), rtol=0, atol=0.05, what="positives less negatives"
        )


@title(en="Training skip-gram: which words are negatives", ru="Обучение skip-gram: какие слова берутся отрицательными")
@hint(
    en="They are drawn by noise of the counts in ids, for each pair anew, and taken as they come.",
    ru="Они выбираются по распределению noise от чисел вхождений в ids, для каждой пары заново, без отбора.",
)
def test_law_of_negatives(submission, rng):
    counts = np.array([0, 360, 90, 50, 50, 20, 6])  # the first word never occurs
    ids = list(rng.permutation(np.repeat(np.arange(7), counts)).reshape(64, 9))  # 1024 pairs
    ids += [np.array([5])] * 90  # alone, they are in no pair, but they are in the text
    counts = counts + 90 * (np.arange(7) == 5)
    W_in, W_out = trained(submission, ids, 7, 12, 6, SLOW, 1, fresh(rng), window=1)
    positives = np.bincount(pairs(ids, 1)[:, 1], minlength=7)
    drawn = positives - turns(W_in, W_out).sum(axis=1)
    for word, share in enumerate(noise(counts)):
        assert_count(float(drawn[word]), 6 * 1024, float(share), f"negatives that are word {word}")


@points("1/2")
@title(en="Training skip-gram: negatives for each pair", ru="Обучение skip-gram: отрицательные для каждой пары")
@hint(
    en="Negatives are drawn anew for each pair, and in each epoch once more.",
    ru="Отрицательные слова выбираются для каждой пары отдельно, и в каждой эпохе заново.",
)
def test_new_negatives(submission, rng):
    ids = random_ids(rng, [5, 9, 5], 8)  # 32 pairs: one batch
    met = np.zeros((8, 8))
    np.add.at(met, tuple(pairs(ids, 1).T[::-1]), 1.0)
    once, twice = (
        epochs * met - turns(*trained(submission, ids, 8, 12, 2, SLOW, epochs, fresh(rng), window=1))
        for epochs in (1, 2)
    )  # how often each word (rows) was a negative of each centre (columns)
    assert (once > 0.5).any(axis=1).sum() > 2, "all pairs of a batch have the same negatives"
    assert (np.round(twice) % 2).any(), "the negatives are the same in each epoch"


@points("1/4")
@title(en="Training skip-gram: the order of the pairs", ru="Обучение skip-gram: порядок пар")
@hint(
    en="A new random order at the beginning of each epoch; the batches are cut from it.",
    ru="В начале каждой эпохи — новый случайный порядок; пакеты нарезаются уже из него.",
)
def test_order_of_pairs(submission, rng):
    ids, generator = list(rng.permutation(48).reshape(24, 2)), fresh(rng)  # 48 pairs, each with a centre of its own
    once, twice = (
        turns(*trained(submission, ids, 48, 64, 2, SLOW, epochs, generator, window=1)).sum(axis=0) for epochs in (1, 2)
    )
    weights = np.where(np.arange(48) < 32, 1.0, 2.0)  # a batch of 32 and one of 16
    in_order = -np.bincount(pairs(ids, 1)[:, 0], weights=weights, minlength=48)
    assert np.abs(once - in_order).max() > 0.5, "the pairs are taken in the order of the text"
    assert np.abs(twice - 2 * once).max() > 0.5, "each epoch has the same order"


@title(en="Training skip-gram: several epochs", ru="Обучение skip-gram: несколько эпох")
@hint(
    en="Each step takes the gradients of both matrices as they are now, and then changes both against the gradient.",
    ru="На каждом шаге градиенты берутся по нынешним матрицам, затем обе сдвигаются против градиента.",
)
def test_epochs_of_skipgram(submission, rng):
    # One word alone: the negatives are known. 32 pairs: one batch.
    ids, generator = [np.full(6, 2), np.full(5, 2)], fresh(rng)
    W_in, _ = trained(submission, ids, 4, 5, 3, 1e-12, 6, generator)
    W_out, (words, around) = np.zeros_like(W_in), pairs(ids, 2).T
    for _ in range(6):
        _, by_in, by_out = skipgram(W_in, W_out, words, around, np.full((len(words), 3), 2))
        W_in, W_out = W_in - 2.0 * by_in, W_out - 2.0 * by_out
    found = trained(submission, ids, 4, 5, 3, 2.0, 6, generator)
    for name, part, right in zip(("W_in", "W_out"), found, (W_in, W_out), strict=True):
        assert_close(part, right, rtol=1e-6, atol=1e-8, what=name)


@points("1/4")
@title(en="Training skip-gram: the generator", ru="Обучение skip-gram: генератор")
@hint(
    en="All chance comes from rng: equal generators give equal vectors, others give others.",
    ru="Случайность берётся только из rng: одинаковые генераторы дают одинаковые векторы, разные — разные.",
)
def test_generator_of_skipgram(submission, rng):
    ids, generator = random_ids(rng, [12, 12], 10), fresh(rng)
    first, again, other = (
        trained(submission, ids, 10, 4, 3, 1.0, 2, one) for one in (generator, generator, fresh(rng))
    )
    assert_equal(again[0], first[0], what="W_in with an equal generator")
    assert (other[0] != first[0]).any(), "another generator gives the same W_in"


@points("3/4")
@title(en="The nearest words", ru="Ближайшие слова")
@hint(
    en="By the cosine: long vectors are no nearer than short ones. The largest first; the word itself is not there.",
    ru="По косинусу: длинные векторы не ближе коротких. Сначала наибольший; самого слова среди ответов нет.",
)
def test_nearest(submission, rng):
    W = rng.normal(size=(15, 4)) * rng.uniform(0.1, 9.0, size=(15, 1))
    for i, k in ((0, 1), (7, 5), (14, 14)):
        found = assert_array(submission.nearest(W, i, k), shape=(k,), kind="int", what="nearest")
        assert_equal(found, nearest(W, i, k), what=f"nearest(W, {i}, {k})")


@points("1/2")
@title(en="The nearest words: equal ones, and rows of zeros", ru="Ближайшие слова: одинаковые и нулевые строки")
@hint(
    en="Ties go to the lower index, also among many rows. The cosine with a row of zeros is 0; "
    "the word itself is left out by its index, "
    "not because it is first.",
    ru="При равенстве — меньший номер, даже если строк много. Косинус с нулевой строкой равен 0; "
    "само слово исключается по номеру, а не "
    "потому, что оно первое.",
)
def test_nearest_ties(submission, rng):
    signs = np.array([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, -1], [1, 1, 1, 1], [-1, -1, -1, -1], [1, 1, -1, -1]])
    rows = np.vstack([signs * np.array([[1.0], [4.0], [2.0], [1.0], [1.0], [0.5]]), np.zeros((2, 4))])
    few, many = rows[rng.permutation(8)], rows[rng.integers(8, size=40)]  # all lengths and cosines are exact
    for W, k in ((few, 7), (many, 39)):
        for i in range(8):
            assert_equal(submission.nearest(W, i, k), nearest(W, i, k), what=f"nearest(W, {i}, {k})")


@limit(seconds=60)
@title(en="Skip-gram finds planted groups of words", ru="Skip-gram находит заложенные группы слов")
@hint(
    en="Watch the loss: with 5 negatives it falls from 6 ln 2 = 4.2 to about 1.7. W_in comes back first.",
    ru="Следите за ошибкой: при 5 отрицательных она падает с 6 ln 2 = 4.2 примерно до 1.7. Первой возвращается W_in.",
)
@depends("test_pairs_and_negatives", "test_law_of_negatives", "test_epochs_of_skipgram")
def test_learned_by_skipgram(submission, rng):
    members = groups(rng)
    W_in, W_out = trained(submission, grouped(rng, 150, members), WORDS, 8, 5, 1.0, 3, fresh(rng))
    assert_grouped(W_in, members)
    words, around = pairs(grouped(rng, 60, members), 2).T
    others = rng.integers(1, WORDS, size=(len(words), 5))
    loss = skipgram(W_in, W_out, words, around, others)[0]
    assert loss <= 1.9, f"on new sentences the loss is {loss:.2f}, not at most 1.9"
