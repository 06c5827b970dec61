"""The hidden suite of L07.stem: 300 words whose stems are those of nltk's Porter stemmer in its original mode.

`stems.txt` has a line for each word: which step changes it (or "several", or "stays"), the word, its stem.
"""

from pathlib import Path

from grader.testing import assert_equal, hint, points, title

LINES = [line.split() for line in (Path(__file__).parent / "stems.txt").read_text(encoding="utf-8").splitlines()]


def check(submission, rng, step):
    """All words of the step, in a random order."""
    words = [(word, stem) for where, word, stem in LINES if where == step]
    for place in rng.permutation(len(words)):
        word, stem = words[place]
        assert_equal(submission.stem(word), stem, what=f"stem({word!r})")


@points("3/4")
@title(en="Step 1a: endings with s", ru="Шаг 1a: окончания на s")
@hint(
    en="The longest ending counts: sses, ies and ss come before s.",
    ru="Важно самое длинное окончание: sses, ies и ss раньше, чем s.",
)
def test_plurals(submission, rng):
    check(submission, rng, "1a")


@title(en="Step 1b: ed and ing", ru="Шаг 1b: ed и ing")
@hint(
    en="Before ed or ing a vowel is needed; y after a consonant is one. Which doubles stay, where is no e added?",
    ru="Перед ed и ing нужна гласная, например y после согласной. Какие двойные буквы остаются, где не нужна e?",
)
def test_past_and_progressive(submission, rng):
    check(submission, rng, "1b")


@title(en="Step 1b's repair", ru="Шаг 1b: исправление остатка")
@hint(
    en="Without ed or ing: e after at, bl, iz; one of two equal consonants; e where m = 1 and o. The first that fits.",
    ru="Без ed или ing: e после at, bl, iz; одна из двух равных согласных; e при m = 1 и o. Первое, что подходит.",
)
def test_repair(submission, rng):
    check(submission, rng, "1b+")


@points("1/2")
@title(en="Step 1c: y becomes i", ru="Шаг 1c: y превращается в i")
@hint(
    en="Where there is a vowel before the y, anywhere: boy becomes boi in the original algorithm.",
    ru="Если перед y где-нибудь есть гласная: boy по исходному алгоритму превращается в boi.",
)
def test_y(submission, rng):
    check(submission, rng, "1c")


@title(en="Step 2: double suffixes", ru="Шаг 2: двойные суффиксы")
@hint(
    en="The measure of what stands before the ending must be above 0; of ational and tional the longer counts. "
    "Some words need step 1c or another step as well.",
    ru="Мера части перед окончанием должна быть больше 0; из ational и tional важно более длинное. "
    "Некоторым словам нужен ещё шаг 1c или другой шаг.",
)
def test_double_suffixes(submission, rng):
    check(submission, rng, "2")


@points("3/4")
@title(en="Step 3: ful, ness, ical and others", ru="Шаг 3: ful, ness, ical и другие")
@hint(
    en="Look at each rule, and at the measure of what stands before: above 0.",
    ru="Проверьте каждое правило и меру части перед окончанием: она больше 0.",
)
def test_middle_suffixes(submission, rng):
    check(submission, rng, "3")


@title(en="Step 4: the last suffix goes", ru="Шаг 4: последний суффикс отбрасывается")
@hint(
    en="Here the measure must be above 1. Of ement, ment, ent the longest decides. ion needs an s or t before it.",
    ru="Здесь мера больше 1. Из ement, ment и ent решает только самый длинный. Перед ion нужна s или t.",
)
def test_last_suffixes(submission, rng):
    check(submission, rng, "4")


@title(en="Step 5: a last e, a double l", ru="Шаг 5: последняя e, двойная l")
@hint(
    en="With m = 1 the e stays where the rest ends as in o; one l of two goes if the measure of the word is above 1.",
    ru="При m = 1 буква e остаётся, если для остатка верно o; одна l из двух уходит при мере слова больше 1.",
)
def test_tidied(submission, rng):
    check(submission, rng, "5")


@title(en="Words on which several steps work", ru="Слова, на которых работают несколько шагов")
@hint(
    en="Each step works on the result of the one before, in the order of the table.",
    ru="Каждый шаг работает с результатом предыдущего, в порядке таблицы.",
)
def test_several_steps(submission, rng):
    check(submission, rng, "several")


@points("3/4")
@title(en="Words that stay", ru="Слова, которые не меняются")
@hint(
    en="Their endings are in the table, but the condition does not hold: then shorter endings are not looked at.",
    ru="Их окончания есть в таблице, но условие не выполнено: более короткие тогда не рассматриваются.",
)
def test_words_that_stay(submission, rng):
    check(submission, rng, "stays")


@points("1/2")
@title(en="Short words, other alphabets, signs", ru="Короткие слова, другие алфавиты, знаки")
@hint(
    en="Words of one or two letters stay, and so do words with anything but the letters from a to z.",
    ru="Слова из одной-двух букв не меняются, как и слова, где есть что-то кроме букв от a до z.",
)
def test_not_for_porter(submission):
    for word in ("a", "is", "as", "us", "столы", "café", "don't", "well-beings", "1990s", "naïveness", "s", "моряs"):
        assert_equal(submission.stem(word), word, what=f"stem({word!r})")
