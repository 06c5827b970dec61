"""The hidden suite of vectors of words, of one step, and of the nearest words."""

import numpy as np

from grader.testing import assert_equal, each, hint, points, title
from reference.extraction.subwords.training import step
from reference.extraction.subwords.vectors import nearest, word_vector

from .shared import a_word, near, parts, rows_of, spread, tables, words

TABLES = ("W", "N", "C")


@points("3/4")
@title(en="The vector of an unknown word", ru="Вектор незнакомого слова")
@hint(
    en="The sum of the rows of N of all its n-grams, not their mean; the number of buckets is the number of rows of N.",
    ru="Сумма строк N всех его n-грамм, а не среднее; buckets — это число строк N.",
)
def test_unknown(submission, rng):
    known = words(rng, 4)
    for buckets, d in ((700, 5), (41, 3)):
        W, N = tables(rng, 4, buckets, d)
        word = a_word(rng, 9)
        near(submission.word_vector(word, rows_of(rng, known), W, N), word_vector(word, {}, W, N), "the vector")


@points("1/2")
@title(en="The vector of a known word", ru="Вектор знакомого слова")
@hint(
    en="The row of W at known[word] is added once to the sum of its n-grams.",
    ru="К сумме n-грамм один раз прибавляется строка W с номером known[word].",
)
def test_known_word(submission, rng):
    rows = rows_of(rng, [*words(rng, 5), "cat"])  # <cat> is an n-gram as well
    W, N = tables(rng, 6, 700, 4)
    for word in rows:
        near(submission.word_vector(word, rows, W, N), word_vector(word, rows, W, N), f"the vector of {word}")


@points("1/2")
@title(en="n-grams that share a row", ru="n-граммы с общей строкой")
@hint(
    en="A row counts as often as there are n-grams in it, also where one n-gram stands twice.",
    ru="Строка учитывается столько раз, сколько в неё попало n-грамм, в том числе одинаковых.",
)
def test_collisions(submission, rng):
    for word, buckets in ((a_word(rng, 8), 5), ("la-la-la", 900), (a_word(rng, 4), 1)):
        W, N = tables(rng, 2, buckets, 3)
        near(submission.word_vector(word, {word: 1}, W, N), word_vector(word, {word: 1}, W, N), f"the vector of {word}")


def compare(submission, name, *arguments):
    """One of the three tables after a step."""
    place = TABLES.index(name)
    near(parts(submission.step(*arguments), 3, "step")[place], step(*arguments)[place], name)


@each(TABLES, worth="1/2", en="A step: {name}", ru="Шаг: {name}")
@hint(
    en="s(h c) - 1 for the neighbour, s(h c_r) for a negative. Each row in the sum h moves by -rate times the "
    "gradient by h; "
    "that gradient takes C as it was before.",
    ru="s(h c) - 1 для соседа, s(h c_r) для отрицательного слова. Каждая строка из суммы h сдвигается на -rate "
    "на градиент по h; "
    "в нём C ещё прежняя.",
)
def test_step(submission, rng, name):
    for negatives in (1, 4):
        word = spread(rng, 900)
        known = rows_of(rng, [word, *words(rng, 7)])
        W, N = tables(rng, 8, 900, 4)
        ids, C = rng.permutation(8), 0.5 * rng.normal(size=(8, 4))
        compare(submission, name, word, int(ids[0]), ids[1 : 1 + negatives], known, 0.3 * W, 0.3 * N, C, 0.4)


@each(TABLES[1:], worth="1/4", en="A step with rows that repeat: {name}", ru="Шаг с повторяющимися строками: {name}")
@hint(
    en="A row that stands in the sum twice, or a word drawn twice, moves twice as far. N[rows] += change does it once.",
    ru="Строка, которая входит в сумму дважды, и слово, взятое дважды, сдвигаются вдвое дальше. N[rows] += "
    "change сдвигает их один раз.",
)
def test_repeated_rows(submission, rng, name):
    word = "banana-banana"
    W, N = tables(rng, 3, 7, 4)
    for context, negatives in ((0, [1, 1, 2]), (2, [2, 0, 2])):
        drawn, C = np.array(negatives), 0.5 * rng.normal(size=(3, 4))
        compare(submission, name, word, context, drawn, {word: 1, "apple": 0, "plum": 2}, 0.1 * W, 0.1 * N, C, 0.3)


@points("1/4")
@title(en="A step of an unknown word", ru="Шаг для незнакомого слова")
@hint(
    en="It has no row in W: W stays, its n-grams move.",
    ru="Строки в W у него нет: W не меняется, сдвигаются только n-граммы.",
)
def test_step_of_unknown(submission, rng):
    word = spread(rng, 900)
    W, N = tables(rng, 3, 900, 4)
    arguments = (word, 1, np.array([0, 2]), rows_of(rng, words(rng, 3)), W, 0.3 * N, W[::-1].copy(), 0.4)
    for name in TABLES:
        compare(submission, name, *arguments)


def compare_nearest(submission, word, k, rows, W, N):
    found = submission.nearest(word, k, rows, W, N)
    assert isinstance(found, list), f"nearest must return a list, not {type(found).__name__}"
    assert_equal(found, nearest(word, k, rows, W, N), what=f"nearest({word!r}, {k})")


@points("1/2")
@title(en="The nearest words", ru="Ближайшие слова")
@hint(
    en="By the cosine of the whole vectors, n-grams included; the largest first, at most k of them, the word "
    "itself not among them.",
    ru="По косинусу полных векторов, вместе с n-граммами; сначала наибольший, всего k слов, самого слова среди "
    "них нет.",
)
def test_nearest(submission, rng):
    known = words(rng, 9)
    W, N = tables(rng, 9, 300, 4)
    rows = rows_of(rng, known)
    for word, k in ((known[0], 8), (known[4], 3), (a_word(rng, 7), 9), (known[1][:3] + "zz", 1)):
        compare_nearest(submission, word, k, rows, W * 4, N)


@points("1/2")
@title(en="The nearest words: equal ones, and vectors of zeros", ru="Ближайшие слова: одинаковые и нулевые векторы")
@hint(
    en="Ties go to the lower row of W, whatever the order of the dict. The cosine with a vector of zeros is 0. A small "
    "number added to the denominator makes equal cosines unequal.",
    ru="При равенстве — меньшая строка W, в каком бы порядке ни шёл словарь. Косинус с нулевым вектором равен 0. Если "
    "прибавить к знаменателю малое число, равные косинусы станут разными.",
)
def test_nearest_ties(submission, rng):
    signs = np.array([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, -1], [1, 1, 1, 1], [-1, -1, -1, -1], [0, 0, 0, 0]])
    W = (signs * np.array([[1], [4], [2], [1], [1], [1]]))[rng.permutation(6)].astype(float)
    known = words(rng, 6)
    rows, N = rows_of(rng, known), np.zeros((20, 4))  # all cosines are exact
    for word in known:
        compare_nearest(submission, word, 5, rows, W, N)
    compare_nearest(submission, "ничто", 6, rows, W, N)
