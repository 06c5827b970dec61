"""The hidden suite of L07.tokens."""

import re
import unicodedata

from grader.testing import assert_equal, hint, points, title
from grader.testing.corpora import corpus
from reference.text.preprocessing.cleaning import tokens

PLAIN = re.compile(r"[^\W\d_]+(?:[ ,.:;!?]+[^\W\d_]+)*[.!?]*")  # words, spaces and simple punctuation
WORDS = {
    language: sorted({word for text in corpus(language) for word in re.findall(r"\b[^\W\d_]{4,}\b", text)})
    for language in ("ru", "en")
}
ACUTE = "\u0301"
VOWELS = "аеиоуыэюяАЕИОУЫЭЮЯ"


def some(rng, language, count):
    """Different words of a corpus, of four letters at least, as they are written there."""
    return [str(word) for word in rng.choice(WORDS[language], size=count, replace=False)]


def check(submission, text, expected=None):
    assert_equal(submission.tokens(text), tokens(text) if expected is None else expected, what=f"tokens({text!r})")


@points("5/4")
@title(en="Words of both languages", ru="Слова обоих языков")
@hint(
    en="Letters of all alphabets are letters, ё too; marks separate; lower case is for all of them.",
    ru="Буквы любого алфавита — буквы, «ё» тоже; знаки разделяют слова; в нижний регистр переходят все.",
)
def test_words(submission, rng):
    for language in ("ru", "en"):
        plain = [text for text in corpus(language) if PLAIN.fullmatch(text)]
        check(submission, " ".join(str(text) for text in rng.choice(plain, size=12, replace=False)))
    check(submission, "Ещё ЁЛКА,объём:Мёд\tи\nсъёмка", ["ещё", "ёлка", "объём", "мёд", "и", "съёмка"])


@title(en="Hyphens and dashes", ru="Дефисы и тире")
@hint(
    en="A hyphen is part of a word only between two letters or digits, and alone; a dash never is.",
    ru="Дефис входит в слово, только если он один и стоит между буквами или цифрами; тире не входит никогда.",
)
def test_hyphens(submission, rng):
    a, b, c, d = some(rng, "ru", 4)
    e, f = some(rng, "en", 2)
    for text in (
        f"{a}-{b} {c} - {d}",
        f"{a}-{b}-{c}, {e}-{f}",
        f"{a}—{b} {c}–{d} — {e}",
        f"{a}--{b} {e}---{f}",
        f"-{a} {b}- (-{e}-)",
        f"«{a}-{b}»-{c}.",
    ):
        check(submission, text)


@title(en="Apostrophes and quotation marks", ru="Апострофы и кавычки")
@hint(
    en="’ inside a word is the apostrophe, and becomes '; at the edge of a word both are quotation marks.",
    ru="Знак ’ внутри слова — апостроф, он превращается в '; с краю слова оба знака — кавычки, они отбрасываются.",
)
def test_apostrophes(submission, rng):
    a, b, c, d = some(rng, "en", 4)
    e, f = some(rng, "ru", 2)
    for text in (
        f"{a}’s {b}'s {c}n't",
        f"‘{a}’ '{b}' “{c}” \"{d}\" «{e}» „{f}“",
        f"{a}'{b}'{c} {a}''{b} {e}’{f}",
        f"'{a}, {b}s' {c}’ ’{d}",
        f"o'{a}-{b} {c}-'{d}",
    ):
        check(submission, text)


@points("1/2")
@title(en="Digits and the underscore", ru="Цифры и знак подчёркивания")
@hint(
    en="Digits are as good as letters, alone and within words; the underscore is a mark, though \\w has it.",
    ru="Цифры равноправны с буквами, отдельно и внутри слов; подчёркивание — такой же знак, хотя в \\w оно входит.",
)
def test_digits(submission, rng):
    a, b = some(rng, "ru", 2)
    year, number = int(rng.integers(1000, 2000)), int(rng.integers(10, 99))
    for text in (
        f"{a} {year} {b}, {number}-й {a}{number}",
        f"{number}.{number} {number}% covid-{number} -{year}",
        f"{a}_{b} __{a}__ {number}_{year} _",
        f"{a} № {number}, {b}… {number} ™",
    ):
        check(submission, text)


@points("1/2")
@title(en="Letters of two characters, and of other languages", ru="Буквы из двух символов и других языков")
@hint(
    en="й may come as и and a breve, ё as е and two dots: after NFC they are the letters й and ё. "
    "Those of other languages are letters too: é, ç, ß.",
    ru="«й» может прийти как «и» и краткость, «ё» — как «е» и две точки: после NFC это буквы «й» и «ё». "
    "Буквы других языков — тоже буквы: é, ç, ß.",
)
def test_letters_of_two_characters(submission, rng):
    words = ["Йод", "мой", "ёж", "приём", "ещё", "café", "naïve", *some(rng, "ru", 2)]
    text = " ".join(str(word) for word in rng.permutation(words))
    check(submission, unicodedata.normalize("NFD", text), tokens(text))
    check(submission, "Ça, NAÏVE! Größe", ["ça", "naïve", "größe"])


@points("1/2")
@title(en="Marks of stress", ru="Ударения")
@hint(
    en="An accent over a Russian vowel has no letter of its own: it is dropped, and the word is not split.",
    ru="У русской гласной с ударением нет своего символа: знак удаляется, а слово не разрывается.",
)
def test_stress(submission, rng):
    words = [word for word in some(rng, "ru", 12) if any(letter in VOWELS for letter in word)][:6]
    stressed = []
    for word in words:
        places = [place for place, letter in enumerate(word) if letter in VOWELS]
        place = places[int(rng.integers(len(places)))] + 1
        stressed.append(word[:place] + ACUTE + word[place:])
    check(submission, " ".join(stressed), tokens(" ".join(words)))


@points("1/4")
@title(en="No words at all", ru="Ни одного слова")
@hint(
    en="The answer is an empty list, without an empty text in it.", ru="Ответ — пустой список, без пустой строки в нём."
)
def test_no_words(submission):
    for text in ("", "  \n\t ", "«…» — !? -- ' - _ ’"):
        check(submission, text, [])
