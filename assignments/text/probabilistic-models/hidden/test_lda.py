"""The hidden suite of L07.lda: the kernels compared with the reference, the sampler by its laws and its own counts."""

from itertools import permutations

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    assert_refused,
    call_unchanged,
    depends,
    each,
    hint,
    points,
    title,
    together,
)
from grader.testing.inputs import fresh
from reference.text.probabilistic.lda import conditional, log_likelihood

ONES, WORDS = np.ones((2, 2)), [np.array([0, 1])]
# the function: for each bad call the name that the error must tell, and the arguments (without rng)
REFUSED = {
    "conditional": [
        ("n_dk", np.ones(3), ONES, 0, 1.0, 1.0),
        ("n_kw", np.ones(2), np.array([[1.0, -1.0], [2.0, 0.0]]), 0, 1.0, 1.0),
        ("word", np.ones(2), ONES, 2, 1.0, 1.0),
        ("alpha", np.ones(2), ONES, 0, 0.0, 1.0),
        ("beta", np.ones(2), ONES, 0, 1.0, -1.0),
    ],
    "lda": [
        ("documents", [np.array([0, 1]), np.array([2])], 2, 2, 1.0, 1.0, 1),
        ("documents", [np.array([0, -1])], 2, 2, 1.0, 1.0, 1),
        ("K", WORDS, 2, 0, 1.0, 1.0, 1),
        ("alpha", WORDS, 2, 2, 0.0, 1.0, 1),
        ("beta", WORDS, 2, 2, 1.0, 0.0, 1),
        ("sweeps", WORDS, 2, 2, 1.0, 1.0, 0),
    ],
}


def a_result(submission, *arguments):
    result = submission.lda(*arguments)
    assert isinstance(result, tuple) and len(result) == 3, "lda must return (theta, phi, history)"  # noqa: PT018
    return result


def a_theta(result, n, K):
    return assert_array(result[0], shape=(n, K), kind="float", what="theta")


def a_phi(result, K, V):
    return assert_array(result[1], shape=(K, V), kind="float", what="phi")


def a_history(result, sweeps):
    return assert_array(result[2], shape=(sweeps,), what="history")


def whole(values, what):
    """Counts: whole numbers of at least 0, which were found by a formula that rounds."""
    rounded = np.rint(values)
    assert_close(values, rounded, atol=1e-6, what=what)
    assert (rounded >= 0).all(), f"{what}: some are negative"
    return rounded


def documents_of(rng, lengths, V):
    return [rng.integers(V, size=length) for length in lengths]


def one_word_each(rng, lengths):
    """A document for each length, that repeats a word of its own: the topics of a document are those of its word."""
    return [np.full(length, word) for word, length in enumerate(lengths)]


@title(en="The probability of each topic", ru="Вероятность каждой темы")
@hint(
    en="The product of two shares: of the topic in the document, of the word in the topic. What has to stand below, "
    "so that the shares of all V words in a topic add up to 1? And at the end the K numbers are divided by their "
    "sum.",
    ru="Произведение двух долей: темы в документе и слова в теме. Что должно стоять в знаменателе, чтобы доли всех V "
    "слов темы давали в сумме 1? В конце K чисел делятся на их сумму.",
)
def test_conditional(submission, rng):
    for K, V in ((3, 5), (4, 4), (2, 30)):
        n_kw, n_dk = rng.integers(1, 9, size=(K, V)), rng.integers(1, 9, size=K)
        word, alpha, beta = int(rng.integers(V)), float(rng.uniform(0.5, 3)), float(rng.uniform(0.1, 1))
        expected = conditional(n_dk, n_kw, word, alpha, beta)
        assert_close(submission.conditional(n_dk, n_kw, word, alpha, beta), expected, rtol=1e-9, what="probabilities")


@points("1/2")
@title(en="Topics without tokens, and one topic", ru="Пустые темы и единственная тема")
@hint(
    en="Without any count alpha and beta are still there: no probability is 0. With K = 1 it is 1.",
    ru="Если счётчики нулевые, остаются alpha и beta: нулевых вероятностей нет. При K = 1 вероятность равна 1.",
)
def test_empty_topics(submission, rng):
    n_kw, n_dk = rng.integers(3, size=(4, 6)), rng.integers(2, size=4)
    n_kw[1], n_kw[3], n_dk[:2] = 0, 0, 0
    for own in (n_dk, np.zeros(4, dtype=int)):
        expected = conditional(own, n_kw, 2, 0.1, 0.02)
        assert_close(submission.conditional(own, n_kw, 2, 0.1, 0.02), expected, rtol=1e-9, what="probabilities")
    assert_close(submission.conditional(np.zeros(1), np.zeros((1, 3)), 2, 0.1, 0.02), np.ones(1), what="one topic")


@title(en="The likelihood of small counts", ru="Правдоподобие при малых счётчиках")
@hint(
    en="One topic, one word seen once: the probability must be 1 / V. Each topic adds its own four parts.",
    ru="Одна тема, одно слово встретилось раз: вероятность должна быть 1 / V. Каждая тема добавляет свои слагаемые.",
)
def test_log_likelihood(submission, rng):
    for K, V in ((1, 4), (3, 5), (4, 2)):
        n_kw, beta = rng.integers(4, size=(K, V)), float(rng.uniform(0.1, 2))
        expected = log_likelihood(n_kw, beta)
        assert_close(submission.log_likelihood(n_kw, beta), expected, rtol=1e-9, atol=1e-9, what="ln p(w | z)")


@points("1/2")
@title(en="The likelihood of large counts, and of no counts", ru="Правдоподобие при больших и при нулевых счётчиках")
@hint(
    en="The gamma function exceeds every float soon: take its logarithm as such (math.lgamma). No tokens: ln 1.",
    ru="Гамма-функция быстро выходит за пределы float: берите сразу её логарифм (math.lgamma). Токенов нет — ln 1.",
)
def test_large_counts(submission, rng):
    n_kw = rng.integers(100, 20000, size=(3, 8))
    assert_close(submission.log_likelihood(n_kw, 0.01), log_likelihood(n_kw, 0.01), rtol=1e-9, what="ln p(w | z)")
    assert_close(submission.log_likelihood(np.zeros((2, 3)), 0.5), 0.0, atol=1e-9, what="ln p(w | z) of no tokens")


@title(en="theta comes from counts", ru="theta получена из счётчиков")
@hint(
    en="Undo the formula: theta (n_d + K alpha) - alpha are whole numbers, and a document has as many tokens as words.",
    ru="Обратите формулу: theta (n_d + K alpha) - alpha — целые числа, а их сумма в строке — длина документа.",
)
def test_theta(submission, rng):
    lengths, K, alpha = np.array([5, 1, 9, 3]), 3, 0.7
    documents = documents_of(rng, lengths, 6)
    theta = a_theta(a_result(submission, documents, 6, K, alpha, 0.2, 2, fresh(rng)), 4, K)
    counts = whole(theta * (lengths[:, None] + K * alpha) - alpha, "theta, turned into counts")
    assert_equal(counts.sum(axis=1), lengths.astype(float), what="tokens of each document by theta")


@title(en="phi comes from counts", ru="phi получена из счётчиков")
@hint(
    en="phi[k, w] = (n_kw + beta) / (n_k + V beta). Rows are topics. Over all topics each word counts as often as it "
    "stands in the documents.",
    ru="phi[k, w] = (n_kw + beta) / (n_k + V beta). Строки — темы. По всем темам слово посчитано столько раз, "
    "сколько оно стоит в документах.",
)
def test_phi(submission, rng):
    lengths, K, V, alpha, beta = np.array([4, 7, 2, 5, 6]), 2, 8, 0.02, 0.3
    documents = one_word_each(rng, lengths)  # three of the V words do not occur
    result = a_result(submission, documents, V, K, alpha, beta, 2, fresh(rng))
    phi = a_phi(result, K, V)
    of_topics = np.rint(a_theta(result, 5, K) * lengths[:, None]).sum(
        axis=0
    )  # alpha is too small to change what is rounded
    counts = whole(phi * (of_topics[:, None] + V * beta) - beta, "phi, turned into counts")
    assert_equal(counts.sum(axis=0), np.append(lengths, [0, 0, 0]).astype(float), what="tokens of each word by phi")


@title(en="history: the likelihood after each sweep", ru="history: правдоподобие после каждого прохода")
@hint(
    en="One number for each sweep; the last is log_likelihood of the counts that theta and phi are made of.",
    ru="По одному числу на проход; последнее — log_likelihood тех счётчиков, по которым построены theta и phi.",
)
def test_history(submission, rng):
    documents, V = documents_of(rng, (6, 8), 4), 4
    counts = np.bincount(np.concatenate(documents), minlength=V)[None, :]
    history = a_history(a_result(submission, documents, V, 1, 0.5, 0.4, 3, fresh(rng)), 3)
    assert_close(history, np.full(3, log_likelihood(counts, 0.4)), rtol=1e-9, what="history with one topic")
    lengths = np.array([9, 8, 10, 7])
    for _ in range(3):
        result = a_result(submission, one_word_each(rng, lengths), 4, 2, 0.02, 0.6, 2, fresh(rng))
        counts = np.rint(a_theta(result, 4, 2) * lengths[:, None]).T
        last = a_history(result, 2)[-1]
        assert_close(last, log_likelihood(counts, 0.6), rtol=1e-9, what="the last number of history")


@title(en="The law of topics within a document", ru="Распределение тем внутри документа")
@hint(
    en="A token is taken out of all counts before its new topic is drawn, and the topic is drawn, not chosen as the "
    "most probable.",
    ru="Перед розыгрышем новой темы токен убирают из всех счётчиков, а тему именно разыгрывают — не берут самую "
    "вероятную.",
)
def test_law_of_documents(submission, rng):
    documents = [rng.integers(2, size=2) for _ in range(1500)]
    for alpha in (0.01, 1.0):  # beta is so large that words say nothing: every document is by itself
        theta = a_theta(a_result(submission, documents, 2, 2, alpha, 1e9, 1, fresh(rng)), 1500, 2)
        same = (np.abs(theta[:, 0] - theta[:, 1]) > 0.1).sum()
        law = (1 + alpha) / (1 + 2 * alpha)
        assert_count(same, 1500, law, f"documents of two tokens with one topic for both, alpha = {alpha}")


@points("1/4")
@title(en="The topics at the start", ru="Темы в начале")
@hint(
    en="Before the first sweep each token gets a topic drawn uniformly by itself: neither one for all tokens, or for "
    "all of a document, nor one in turn.",
    ru="До первого прохода тема каждого токена разыгрывается равномерно и отдельно: не одна на всех или на весь "
    "документ и не по очереди.",
)
def test_start(submission, rng):
    # With a small alpha a token goes where the other two are, or by chance where they differ. Of three tokens with
    # topics by chance, 1/8 of the documents stay in two topics for the first sweep; the others are in one.
    documents = [rng.integers(2, size=3) for _ in range(1000)]
    theta = a_theta(a_result(submission, documents, 2, 2, 0.001, 1e9, 1, fresh(rng)), 1000, 2)
    assert_count((theta[:, 0] > 0.9).sum(), 1000, 7 / 16, "documents in the first of two topics")
    assert_count((abs(theta[:, 0] - 0.5) < 0.4).sum(), 1000, 1 / 8, "documents in both topics after one sweep")


@title(en="The law of topics of a word", ru="Распределение тем одного слова")
@hint(
    en="The counts of words in topics matter too, and they change with every draw: a token leaves the old topic first.",
    ru="Счётчики слов в темах тоже участвуют и меняются при каждом розыгрыше: сначала токен покидает старую тему.",
)
def test_law_of_words(submission, rng):
    V = 600
    for beta in (1.0, 0.05):  # alpha is so large that the document says nothing
        documents = [rng.permutation(np.repeat(np.arange(V), 2))]
        phi = a_phi(a_result(submission, documents, V, 2, 1e9, beta, 1, fresh(rng)), 2, V)
        split = (np.abs(phi[0] - phi[1]) < phi.mean() / 2).sum()
        assert_count(split, V, beta / (1 + 2 * beta), f"words of two tokens with a topic for each, beta = {beta}")


@points("1/2")
@title(en="The law of topics by their size", ru="Распределение тем по их размеру")
@hint(
    en="All tokens of a topic stand below, and V times beta; this sum changes with every draw too.",
    ru="В знаменателе все токены темы и V раз по beta; эта сумма тоже меняется при каждом розыгрыше.",
)
def test_law_of_sizes(submission, rng):
    # a word twice in a large vocabulary draws its tokens together; two words, which are all there are, part
    for words, V, odds in (
        (np.zeros(2, dtype=int), 300, 1.001 / 1.3 / (0.001 / 0.3)),
        (np.arange(2), 2, 0.002 / 1.002),
    ):
        same = 0
        for _ in range(40):
            theta = a_theta(a_result(submission, [words], V, 2, 1e4, 0.001, 1, fresh(rng)), 1, 2)
            same += abs(theta[0, 0] - theta[0, 1]) > 5e-5
        assert_count(same, 40, odds / (1 + odds), f"one topic for the two tokens {words.tolist()}, V = {V}")


@points("1/4")
@title(en="Chance comes from rng", ru="Случайность берётся из rng")
@hint(
    en="Draw from the generator given and from nothing else: no seed of your own, no np.random.rand.",
    ru="Берите случайные числа из данного генератора и больше ниоткуда: ни своего seed, ни np.random.rand.",
)
def test_topics_from_rng(submission, rng):
    documents, seed = documents_of(rng, (12, 12, 12), 8), int(rng.integers(1 << 40))
    one, again, other = (
        a_theta(a_result(submission, documents, 8, 3, 0.5, 0.1, 4, np.random.default_rng(number)), 3, 3)
        for number in (seed, seed, seed + 1)
    )
    assert_equal(again, one, what="theta from an equal generator")
    assert (one != other).any(), "theta from another generator is the same"


@points("1/4")
@title(en="An empty document, and one topic", ru="Пустой документ и единственная тема")
@hint(
    en="An empty document knows nothing of topics: its row of theta is uniform.",
    ru="Пустой документ ничего не говорит о темах: его строка в theta равномерна.",
)
def test_small_corpora(submission, rng):
    documents = [np.array([0, 1, 1]), np.zeros(0, dtype=int)]
    theta = a_theta(a_result(submission, documents, 3, 4, 0.3, 0.5, 2, fresh(rng)), 2, 4)
    assert_close(theta[1], np.full(4, 0.25), rtol=1e-9, what="theta of an empty document")
    result = a_result(submission, documents, 3, 1, 0.3, 0.5, 1, fresh(rng))
    assert_close(a_theta(result, 2, 1), np.ones((2, 1)), rtol=1e-9, what="theta with one topic")
    assert_close(a_phi(result, 1, 3), np.array([[1.5, 2.5, 0.5]]) / 4.5, rtol=1e-9, what="phi with one topic")


@each(REFUSED, worth="1/4", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_refused(submission, rng, name):
    for argument, *values in REFUSED[name]:
        generator = [fresh(rng)] if name == "lda" else []
        assert_refused(argument, getattr(submission, name), *values, *generator)


@points("1/4")
@together("conditional", "log_likelihood", "lda", because="one fault: results written into what was given")
@title(en="Counts and documents stay as they were", ru="Счётчики и документы не меняются")
@hint(en="Add alpha and beta in new arrays.", ru="Прибавляйте alpha и beta в новых массивах.")
def test_arguments_unchanged(submission, rng):
    n_kw, n_dk = (rng.integers(1, 9, size=shape).astype(float) for shape in ((3, 5), 3))
    call_unchanged(submission.conditional, n_dk, n_kw, 1, 0.5, 0.1)
    call_unchanged(submission.log_likelihood, n_kw, 0.1)
    call_unchanged(submission.lda, documents_of(rng, (4, 5), 6), 6, 2, 0.5, 0.1, 1, fresh(rng))


def planted(rng):
    """45 documents of 20 tokens: three topics with four words each, 0.8 of a document from one of them."""
    order = rng.permutation(12).reshape(3, 4)
    phi = np.full((3, 12), 0.1 / 12)
    for own, words in zip(phi, order, strict=True):
        own[words] += 0.9 * rng.dirichlet(np.full(4, 8.0))
    theta = np.full((45, 3), 0.1) + 0.7 * np.eye(3)[np.arange(45) % 3]
    words = [[rng.choice(12, p=phi[topic]) for topic in rng.choice(3, size=20, p=own)] for own in theta]
    return [np.array(document) for document in words], theta, phi


def distances(theta, phi, found, words):
    """How far the topics and the shares are away, in total variation, in the best order of the topics."""
    orders = [list(order) for order in permutations(range(3))]
    order = min(orders, key=lambda order: np.abs(words[order] - phi).sum())
    return np.abs(words[order] - phi).sum(axis=1).max() / 2, np.abs(found[:, order] - theta).sum(axis=1).mean() / 2


@points("3/2")
@depends("test_theta", "test_phi")
@title(en="Planted topics are found", ru="Заложенные темы находятся")
@hint(
    en="Where each part is right alone: is a token put back with its new topic, in the three counts it was taken out "
    "of?",
    ru="Если части по отдельности верны: вернулся ли токен с новой темой в те же три счётчика, из которых его убрали?",
)
def test_planted_topics(submission, rng):
    documents, theta, phi = planted(rng)
    for last in (False, False, True):  # a sampler may stay in a bad place for long; three of three do not
        result = a_result(submission, documents, 12, 3, 0.3, 0.1, 20, fresh(rng))
        far = distances(theta, phi, a_theta(result, 45, 3), a_phi(result, 3, 12))
        if max(far) < 0.3 or last:
            break
    assert far[0] < 0.3, f"a row of phi is {far[0]:.2f} away from its planted topic; below 0.3 is asked for"
    assert far[1] < 0.3, f"theta is {far[1]:.2f} away from the planted shares on average; below 0.3 is asked for"
    history = assert_array(result[2], shape=(None,), what="history")
    assert history[-5:].mean() > history[0], "the likelihood of the last quarter of the sweeps is not above the first"
