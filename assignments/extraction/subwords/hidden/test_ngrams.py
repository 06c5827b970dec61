"""The hidden suite of n-grams and of their rows."""

from collections import Counter

from grader.testing import assert_equal, hint, points, title
from reference.extraction.subwords.ngrams import bucket, ngrams

from .shared import CYRILLIC, a_word


def listed(found):
    """The n-grams that a function returned."""
    assert isinstance(found, list), f"ngrams must return a list, not {type(found).__name__}"
    return found


@points("3/4")
@title(en="n-grams of a word", ru="n-граммы слова")
@hint(
    en="All runs of low to high characters, both included, of the word between < and >.",
    ru="Все подряд идущие символы, от low до high включительно, слова в угловых скобках.",
)
def test_ngrams(submission, rng):
    for length, bounds in ((7, ()), (9, (2, 4)), (6, (4, 4)), (12, (3, 5))):
        word = a_word(rng, length)
        found = listed(submission.ngrams(word, *bounds))
        assert_equal(dict(Counter(found)), dict(Counter(ngrams(word, *bounds))), what=f"n-grams of {word} {bounds}")


@points("1/4")
@title(en="The order of n-grams", ru="Порядок n-грамм")
@hint(
    en="The shortest first; those of one length from left to right.",
    ru="Сначала самые короткие, при одной длине — слева направо.",
)
def test_order(submission, rng):
    for length, bounds in ((7, ()), (5, (1, 3))):
        word = a_word(rng, length)
        assert_equal(listed(submission.ngrams(word, *bounds)), ngrams(word, *bounds), what=f"n-grams of {word}")


@points("1/2")
@title(en="n-grams of a Russian word", ru="n-граммы русского слова")
@hint(
    en="Characters, not bytes; the word itself is taken as it is, with capitals and ё.",
    ru="Символы, а не байты; само слово берётся как есть, с заглавными буквами и ё.",
)
def test_cyrillic(submission, rng):
    for word in ("Ёжик", "ёлка", a_word(rng, 8, CYRILLIC), "какао-шоу", "naïve"):
        found = listed(submission.ngrams(word))
        assert_equal(sorted(found), sorted(ngrams(word)), what=f"n-grams of {word}")


@points("1/4")
@title(en="Short words", ru="Короткие слова")
@hint(
    en="<word> itself is one of the n-grams if it has low to high characters. Nothing is left of a word that is "
    "too short.",
    ru="<слово> целиком — тоже n-грамма, если в нём от low до high символов. У слишком короткого слова n-грамм нет.",
)
def test_short(submission, rng):
    for length, bounds in ((1, ()), (2, ()), (4, ()), (1, (4, 6)), (2, (4, 9)), (1, (1, 1))):
        word = a_word(rng, length)
        found = listed(submission.ngrams(word, *bounds))
        assert_equal(sorted(found), sorted(ngrams(word, *bounds)), what=f"n-grams of {word} {bounds}")


@points("1/4")
@title(en="n-grams that repeat", ru="Повторяющиеся n-граммы")
@hint(en="Each place gives an n-gram of its own: no sets.", ru="Каждое место даёт свою n-грамму: множество не годится.")
def test_repeats(submission, rng):
    for word in ("a" * int(rng.integers(5, 9)), a_word(rng, 3) * 3):
        assert_equal(sorted(listed(submission.ngrams(word))), sorted(ngrams(word)), what=f"n-grams of {word}")


def compare(submission, ngram, buckets):
    row = submission.bucket(ngram, buckets)
    assert_equal(row, bucket(ngram, buckets), what=f"bucket({ngram!r}, {buckets})")


@points("3/4")
@title(en="The row of an n-gram", ru="Строка n-граммы")
@hint(
    en="Exclusive or first, then the product, kept below 2^32 in each round; the remainder by buckets at the end only.",
    ru="Сначала исключающее или, потом умножение, каждый раз по модулю 2^32; остаток от деления на buckets — "
    "только в конце.",
)
def test_bucket(submission, rng):
    for length, buckets in ((3, 2**32), (6, 2**32), (1, 1000), (5, 2_000_000), (3, 1)):
        compare(submission, a_word(rng, length), buckets)


@points("1/2")
@title(en="The row of a Russian n-gram", ru="Строка русской n-граммы")
@hint(
    en="The bytes are those of UTF-8, from 0 to 255, not the numbers of the characters.",
    ru="Байты берутся из UTF-8 и равны от 0 до 255; это не номера символов.",
)
def test_bucket_of_cyrillic(submission, rng):
    for length, buckets in ((3, 2**32), (6, 2**32), (4, 1000)):
        compare(submission, a_word(rng, length, CYRILLIC), buckets)
