"""The hidden suite of training."""

import numpy as np

from grader.testing import assert_array, assert_count, assert_equal, assert_law, depends, hint, limit, points, title
from grader.testing.inputs import fresh, sentences
from reference.extraction.subwords.training import step
from reference.extraction.subwords.vectors import word_vector
from reference.text.word2vec.skipgram import noise

from .shared import Language, near, parts, share_by_topic, words

SLOW = 1e-12  # with such a rate all tables stay what they were


def trained(submission, texts, d, buckets, rng, window=2, negatives=3, rate=0.05, epochs=1):
    """The dict and the three tables, once they are known to fit."""
    found = submission.train(
        texts, d, buckets=buckets, window=window, negatives=negatives, rate=rate, epochs=epochs, rng=rng
    )
    known, W, N, C = parts(found, 4, "train")
    assert isinstance(known, dict), f"known must be a dict, not {type(known).__name__}"
    count = len({word for text in texts for word in text})
    assert set(known) == {word for text in texts for word in text}, "known must have the words of the sentences"
    assert sorted(known.values()) == list(range(count)), "known must give each word a row of its own, from 0"
    shapes = {"W": (W, (count, d)), "N": (N, (buckets, d)), "C": (C, (count, d))}
    return known, *(assert_array(table, shape=shape, what=name) for name, (table, shape) in shapes.items())


@points("1/4")
@title(en="Training: words and shapes", ru="Обучение: слова и формы")
@hint(
    en="known gives each different word a row from 0 to V - 1; W and C are (V, d), N is (buckets, d).",
    ru="known даёт каждому слову свою строку от 0 до V - 1; форма W и C — (V, d), N — (buckets, d).",
)
def test_shapes(submission, rng):
    trained(submission, [*sentences(rng, 5, "ru"), ["один"], []], 7, 50, fresh(rng))


@points("1/2")
@title(en="Training: the first vectors", ru="Обучение: начальные векторы")
@hint(
    en="W and N are both uniform from -1/(2d) to 1/(2d).",
    ru="И W, и N — равномерно от -1/(2d) до 1/(2d).",
)
def test_first_vectors(submission, rng):
    for d in (5, 20):
        _, W, N, _ = trained(submission, sentences(rng, 8, "en"), d, 90, fresh(rng), rate=SLOW)
        for table, name in ((W, "W"), (N, "N")):
            assert_law(table * d + 0.5, what=f"the first {name} must be uniform from -{0.5 / d} to {0.5 / d}")


@points("1/2")
@title(en="Training: one step for each pair", ru="Обучение: один шаг на каждую пару")
@hint(
    en="C begins at 0; each pair of an epoch has one step, with the tables as they are by then. Neighbours do "
    "not go beyond "
    "the sentence.",
    ru="C начинается с нуля; на каждую пару в эпохе приходится один шаг, по таблицам, какими они стали к этому "
    "времени. Соседи "
    "не выходят за предложение.",
)
def test_steps(submission, rng):
    # One word alone: all pairs are equal, and all negatives are known. With a much larger rate the steps would diverge.
    for lengths, window, pairs in (((3, 2, 1), 1, 6), ((5,), 2, 14)):
        texts, generator = [["horse"] * length for length in lengths], fresh(rng)
        known, W, N, _ = trained(submission, texts, 4, 60, generator, window=window, rate=SLOW, epochs=2)
        C = np.zeros_like(W)
        for _ in range(2 * pairs):
            W, N, C = step("horse", 0, np.zeros(3, dtype=int), known, W, N, C, 0.1)
        found = trained(submission, texts, 4, 60, generator, window=window, rate=0.1, epochs=2)
        for table, right, name in zip(found[1:], (W, N, C), "WNC", strict=True):
            near(table, right, name)


@points("1/4")
@title(en="Training: the order of the pairs", ru="Обучение: порядок пар")
@hint(
    en="In the first step C is 0, so the row of W stays. Whose row it is must depend on the generator: the pairs are "
    "not taken as they stand in the text.",
    ru="На первом шаге C равна 0, и строка W не сдвигается. Чья это строка, должно зависеть от генератора: пары "
    "берутся не в том порядке, в каком они идут в тексте.",
)
def test_order_of_pairs(submission, rng):
    texts = [[name + "а", name + "ы"] for name in words(rng, 10)]
    stayed = {word for text in texts for word in text}
    for generator in (fresh(rng) for _ in range(7)):
        known, first, _, _ = trained(submission, texts, 3, 300, generator, negatives=6, rate=SLOW)
        _, last, _, _ = trained(submission, texts, 3, 300, generator, negatives=6, rate=0.1)
        moved = np.abs(last - first).max(axis=1)
        stayed = {word for word in stayed if moved[known[word]] < 1e-9}
    assert not stayed, "with each of seven generators the first step of the epoch is one for the same word"


@points("1/2")
@title(en="Training: the negatives", ru="Обучение: отрицательные слова")
@hint(
    en="Drawn anew for each step, with probabilities in proportion to count^0.75, and taken as they come. count "
    "is how often the "
    "word stands in the sentences.",
    ru="Для каждого шага выбираются заново, с вероятностями, пропорциональными count^0.75, и берутся без отбора. "
    "count — сколько "
    "раз слово стоит в предложениях.",
)
def test_negatives(submission, rng):
    names, counts, rate = ("one", "two", "three", "four", "five", "six"), (360, 90, 50, 50, 20, 6), 1e-7
    texts = rng.permutation(np.repeat(names, counts)).reshape(64, 9).tolist()  # 1024 pairs
    texts += [["five"]] * 90  # alone, they are in no pair, but they are in the text
    known, W, N, C = trained(submission, texts, 12, 500, fresh(rng), window=1, negatives=4, rate=rate)
    vectors = np.array([word_vector(name, known, W, N) for name in names])
    # While C is nearly 0, a neighbour's row gets rate / 2 times the centre's vector, and a negative's loses as much.
    turns = (C @ np.linalg.pinv(vectors) / rate * 2).sum(axis=1)
    inside = [word for text in texts[:64] for word in text[:-1] + text[1:]]
    law = noise(np.array(counts) + np.array([0, 0, 0, 0, 90, 0]))
    for name, share in zip(names, law, strict=True):
        drawn = inside.count(name) - float(turns[known[name]])
        assert_count(drawn, 4 * 1024, float(share), f"negatives that are {name}")


@points("1/4")
@title(en="Training: the generator", ru="Обучение: генератор")
@hint(
    en="All chance comes from rng: equal generators give equal vectors, others give others.",
    ru="Случайность берётся только из rng: одинаковые генераторы дают одинаковые векторы, разные — разные.",
)
def test_generator(submission, rng):
    texts, generator = sentences(rng, 5, "en"), fresh(rng)
    first, again, other = (trained(submission, texts, 4, 50, one) for one in (generator, generator, fresh(rng)))
    assert_equal(again[1][again[0][texts[0][0]]], first[1][first[0][texts[0][0]]], what="W with an equal generator")
    assert (other[2] != first[2]).any(), "another generator gives the same N"


@points("1")
@limit(seconds=60)
@title(en="Forms that no sentence has", ru="Формы, которых нет в предложениях")
@hint(
    en="An unknown form shares n-grams with known ones of its stem. They have to be trained, not the rows of W alone.",
    ru="У незнакомой формы общие n-граммы с известными формами той же основы. Обучаться должны и они, а не "
    "только строки W.",
)
@depends("test_step", "test_shapes", "test_steps")
def test_learned(submission, rng):
    language = Language(rng)
    known, W, N, _ = trained(submission, language.sentences(rng, 120), 16, 2000, fresh(rng), rate=0.05, epochs=1)
    vectors = {word: word_vector(word, known, W, N) for word in known}
    share = share_by_topic(language, vectors, lambda word: word_vector(word, known, W, N))
    assert share >= 0.75, f"{share:.0%} of the unknown forms are nearest to a word of their topic, not 75 %"
