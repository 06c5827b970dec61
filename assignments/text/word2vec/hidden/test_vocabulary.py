"""The hidden suite of the vocabulary and of subsampling."""

from collections import Counter
from itertools import groupby

import numpy as np

from grader.testing import assert_array, assert_count, assert_equal, each, hint, points, title
from grader.testing.inputs import fresh, sentences
from reference.text.word2vec.subsampling import keep_probability
from reference.text.word2vec.vocabulary import build, encode

from .shared import listed, near


def same_vocabulary(submission, text, least):
    """The reference's words in its order, but for neighbours with equal counts: their order has a test of its own."""
    found, counts = submission.build(text, least), Counter(word for sentence in text for word in sentence)
    if isinstance(found, list) and all(isinstance(word, str) for word in found):
        runs = groupby(found[1:], key=lambda word: counts[word])
        found = found[:1] + [word for _, run in runs for word in sorted(run)]
    assert_equal(found, build(text, least), what=f"build(sentences, {least})")


@each(("en", "ru"), worth="1/2", en="A vocabulary of sentences: {name}", ru="Словарь по предложениям: {name}")
@hint(
    en="Count over all sentences. First <unk>, then by the count downwards.",
    ru="Считайте по всем предложениям. Сначала <unk>, затем по убыванию числа.",
)
def test_build(submission, rng, name):
    same_vocabulary(submission, sentences(rng, 25, name), 1)


@points("1/2")
@title(en="Equal counts go by the codes of the letters", ru="При равном числе порядок по кодам букв")
@hint(
    en="As Python compares texts: capitals come first, ё comes after я.",
    ru="Так, как строки сравнивает Python: сначала заглавные буквы, а ё стоит после я.",
)
def test_alphabet(submission, rng):
    words = ["ёж", "еж", "яма", "Яма", "b", "B", "аб", "а", "10", "9"]
    text = [list(rng.permutation(words)) for _ in range(2)]
    text = [[str(word) for word in sentence] for sentence in text] + [["ёж"]]
    assert_equal(submission.build(text, 1), build(text, 1), what="build(sentences, 1)")


@points("3/4")
@title(en="Words that are too rare", ru="Слишком редкие слова")
@hint(
    en="A word that occurs exactly min_count times stays.",
    ru="Слово, которое встретилось ровно min_count раз, остаётся.",
)
def test_min_count(submission, rng):
    repeats = {f"w{number}": 1 + number % 4 for number in range(12)}
    pool = rng.permutation([word for word, count in repeats.items() for _ in range(count)])
    text = [[str(word) for word in part] for part in np.array_split(pool, 5)]
    for least in (2, 3, 4):
        same_vocabulary(submission, text, least)


@points("1/4")
@title(en="A text with <unk> in it; nothing that is frequent", ru="Текст, в котором есть <unk>; ничего частого")
@hint(
    en="<unk> stands in the vocabulary once, at place 0, whatever the sentences hold.",
    ru="<unk> стоит в словаре один раз, на месте 0, что бы ни было в предложениях.",
)
def test_unknown_in_the_text(submission):
    text = [["<unk>", "a", "<unk>"], [], ["b", "<unk>", "b"]]
    assert_equal(submission.build(text, 1), ["<unk>", "b", "a"], what="build(sentences, 1)")
    assert_equal(submission.build(text, 5), ["<unk>"], what="build(sentences, 5)")
    assert_equal(submission.build([[]], 1), ["<unk>"], what="build([[]], 1)")


def same_ids(found, expected):
    for place, (part, right) in enumerate(zip(listed(found, len(expected), "encode"), expected, strict=True)):
        assert_array(part, shape=right.shape, kind="int", what=f"encode(...)[{place}]")
        assert_equal(part, right, what=f"encode(...)[{place}]")


@each(("en", "ru"), worth="1/2", en="Sentences as ids: {name}", ru="Предложения как номера: {name}")
@hint(
    en="The id is the place in words. What is not there has the id 0, and is not left out.",
    ru="Номер — это место в words. У слова, которого там нет, номер 0, и из предложения оно не выпадает.",
)
def test_encode(submission, rng, name):
    text = sentences(rng, 12, name)
    words = build(text[:4], 2)
    same_ids(submission.encode(text, words), encode(text, words))


@points("1/2")
@title(en="Empty sentences as ids", ru="Пустые предложения как номера")
@hint(
    en="An empty sentence is an empty array of ints; np.array([]) holds floats.",
    ru="Пустое предложение — пустой целочисленный массив; в np.array([]) лежат вещественные числа.",
)
def test_encode_empty(submission):
    text = [[], ["a", "b"], []]
    same_ids(submission.encode(text, ["<unk>", "b"]), encode(text, ["<unk>", "b"]))


@points("3/4")
@title(en="The probability to stay", ru="Вероятность остаться")
@hint(
    en="f is a share of all occurrences, not a count. The root is over the whole fraction t / f.",
    ru="f — доля среди всех вхождений, а не число. Корень берётся из всей дроби t / f.",
)
def test_keep_probability(submission, rng):
    for t in (1e-3, 1e-2):
        counts = rng.integers(200, 5000, size=12)
        near(submission.keep_probability(counts, t), keep_probability(counts, t), f"keep_probability(counts, {t})")


@points("1/2")
@title(en="The probability to stay: rare words", ru="Вероятность остаться: редкие слова")
@hint(
    en="A probability is at most 1. A word that never occurs would stay.",
    ru="Вероятность не больше 1. Слово, которое ни разу не встретилось, осталось бы.",
)
def test_keep_rare_words(submission, rng):
    counts = rng.permutation(np.array([0, 1, 2, 5, 2000, 9000, 0]))
    near(submission.keep_probability(counts, 1e-2), keep_probability(counts, 1e-2), "keep_probability(counts, 0.01)")


@points("1/4")
@title(en="The probability to stay: t by default", ru="Вероятность остаться: t по умолчанию")
@hint(en="Without t it is 0.001.", ru="Если t не задано, оно равно 0.001.")
def test_default_t(submission, rng):
    counts = rng.integers(200, 5000, size=5)
    near(submission.keep_probability(counts), keep_probability(counts), "keep_probability(counts)")


COUNTS = np.array([10, 4000, 900, 90])


def text_of(rng, count, length):
    return [rng.choice(4, size=length, p=COUNTS / COUNTS.sum()) for _ in range(count)]


def subsampled(submission, ids, generator):
    """The sentences that are left, as lists; an empty one may be an array of any kind."""
    found = listed(submission.subsample(ids, COUNTS, 0.05, generator), len(ids), "subsample")
    return [assert_array(part, shape=(None,), what="a sentence").tolist() for part in found]


@title(en="Subsampling: how many words stay", ru="Прореживание: сколько слов остаётся")
@hint(
    en="Each occurrence has a coin of its own; it stays with the probability of its word by the counts that are given.",
    ru="У каждого вхождения своя монета; вероятность остаться берётся по слову и по данным числам counts.",
)
def test_subsample(submission, rng):
    ids = [rng.integers(4, size=20) for _ in range(300)]  # COUNTS are those of a larger text
    before = np.bincount(np.concatenate(ids), minlength=4)
    after = Counter(word for sentence in subsampled(submission, ids, fresh(rng)) for word in sentence)
    for word, keep in enumerate(keep_probability(COUNTS, 0.05)):
        assert_count(after[word], int(before[word]), float(keep), f"occurrences of word {word} that stay")


@points("1/2")
@title(en="Subsampling: order and ends of sentences", ru="Прореживание: порядок и границы предложений")
@hint(
    en="What stays keeps its order and its sentence; a sentence may become empty, but it does not disappear.",
    ru="Оставшиеся слова не меняют порядка и предложения; предложение может опустеть, но не исчезает.",
)
def test_subsample_order(submission, rng):
    ids = [*text_of(rng, 30, 6), np.array([], dtype=int), *(np.array([1]) for _ in range(30))]
    for before, after in zip(ids, subsampled(submission, ids, fresh(rng)), strict=True):
        rest = iter(before.tolist())
        assert all(word in rest for word in after), f"{after} is no part of {before.tolist()} in the same order"


@points("1/4")
@title(en="Subsampling: the generator", ru="Прореживание: генератор")
@hint(
    en="All chance comes from rng: equal generators give equal texts, others give others.",
    ru="Случайность берётся только из rng: одинаковые генераторы дают одинаковый текст, разные — разный.",
)
def test_subsample_generator(submission, rng):
    ids, generator = text_of(rng, 40, 20), fresh(rng)
    first, again, other = (subsampled(submission, ids, one) for one in (generator, generator, fresh(rng)))
    assert again == first, "an equal generator gives another text"
    assert other != first, "another generator gives the same text"
