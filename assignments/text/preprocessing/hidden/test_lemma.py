"""The hidden suite of L07.lemma."""

from grader.testing import assert_equal, hint, points, title
from reference.text.preprocessing.lemmas import lemma

RU_FORMS = {
    "люди": "человек",
    "людей": "человек",
    "дети": "ребёнок",
    "шёл": "идти",
    "шла": "идти",
    "лучше": "хороший",
    "сёла": "село",
    "дней": "день",
    "сна": "сон",
    "меня": "я",
}
RU_RULES = [
    ("ами", ""),
    ("ами", "а"),
    ("ами", "о"),
    ("ями", "ь"),
    ("ями", "я"),
    ("ями", "е"),
    ("ьями", ""),
    ("ьями", "о"),
    ("ок", "ка"),
    ("ек", "ка"),
    ("он", "но"),
    ("ят", "ёнок"),
    ("ени", "я"),
    ("ого", "ый"),
    ("его", "ий"),
    ("а", ""),
    ("у", "а"),
    ("ов", ""),
    ("ла", "ть"),
    ("ют", "ть"),
    ("ит", "ить"),
    ("ит", "еть"),
    ("", "а"),
]
RU = {
    **{
        "столами": "стол",
        "книгами": "книга",
        "словами": "слово",
        "лошадями": "лошадь",
        "песнями": "песня",
        "полями": "поле",
    },
    **{
        "братьями": "брат",
        "деревьями": "дерево",
        "палок": "палка",
        "ложек": "ложка",
        "окон": "окно",
        "котят": "котёнок",
    },
    **{
        "времени": "время",
        "красного": "красный",
        "синего": "синий",
        "стола": "стол",
        "книгу": "книга",
        "столов": "стол",
    },
    **{"читала": "читать", "читают": "читать", "говорит": "говорить", "смотрит": "смотреть"},
}
EN_FORMS = {"went": "go", "mice": "mouse", "better": "good", "was": "be", "children": "child", "feet": "foot"}
EN_RULES = [
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ves", "f"),
    ("ves", "fe"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("men", "man"),
    ("er", ""),
    ("iest", "y"),
]
EN = {
    **{"cats": "cat", "boxes": "box", "ponies": "pony", "wolves": "wolf", "knives": "knife", "walking": "walk"},
    **{"making": "make", "hoped": "hope", "walked": "walk", "women": "woman", "older": "old", "happiest": "happy"},
}


def check(submission, word, expected, dictionary, rules, lemmas):
    assert_equal(submission.lemma(word, dictionary, rules, lemmas), expected, what=f"the lemma of {word!r}")


def check_all(submission, rng, words, forms, rules):
    """Forms of both kinds, in a random order; so are the rules, since no word here has two lemmas by them."""
    lemmas = {*words.values(), *forms.values()}
    rules = [rules[place] for place in rng.permutation(len(rules))]
    everything = list({**words, **forms}.items())
    for place in rng.permutation(len(everything)):
        check(submission, *everything[place], forms, rules, lemmas)


@title(en="Russian words", ru="Русские слова")
@hint(
    en="The dictionary first, then the rules: the ending alone is replaced, and only a result that is a lemma counts.",
    ru="Сначала словарь, потом правила: заменяется только окончание, и годится лишь результат из лемм.",
)
def test_russian(submission, rng):
    check_all(submission, rng, RU, RU_FORMS, RU_RULES)


@points("3/4")
@title(en="English words", ru="Английские слова")
@hint(
    en="Take the ending off at the end of the word only, not wherever it occurs.",
    ru="Заменяйте окончание только в конце слова, а не везде, где оно встретится.",
)
def test_english(submission, rng):
    check_all(submission, rng, {**EN, "singing": "sing", "edited": "edit", "classes": "class"}, EN_FORMS, EN_RULES)


@points("1/2")
@title(en="The dictionary comes first", ru="Сначала словарь")
@hint(
    en="What the dictionary says holds, whatever the rules make of the word and whether or not it is a lemma.",
    ru="Что сказано в словаре, то и верно, что бы ни давали правила и является ли само слово леммой.",
)
def test_dictionary(submission):
    for word, expected, rules, lemmas in (
        ("бегу", "бежать", [("у", "")], {"бег", "бежать"}),
        ("стали", "стать", [("и", "ь")], {"сталь", "стать"}),
        ("left", "leave", [("t", "")], {"lef", "left", "leave"}),
        ("mice", "mouse", [], set()),
    ):
        check(submission, word, expected, {word: expected}, rules, lemmas)


@points("1/4")
@title(en="A word that is a lemma stays", ru="Слово, которое само лемма, не меняется")
@hint(
    en="Before the rules: is the word itself among the lemmas?",
    ru="Прежде правил: нет ли самого слова среди лемм?",
)
def test_lemmas_stay(submission):
    for word, rules, lemmas in (
        ("лиса", [("а", "")], {"лис", "лиса"}),
        ("белка", [("ка", "ок"), ("", "а")], {"белок", "белка"}),
        ("news", [("s", "")], {"new", "news"}),
        ("мама", [], {"мама"}),
    ):
        check(submission, word, word, {}, rules, lemmas)


@points("1/2")
@title(en="Longer endings come first", ru="Сначала более длинные окончания")
@hint(
    en="Order the rules by the length of the ending, whatever their order in the list.",
    ru="Упорядочьте правила по длине окончания, в каком бы порядке они ни стояли в списке.",
)
def test_longer_first(submission, rng):
    stem = "".join(rng.choice(list("бвгдж"), size=4))
    rules = [("ками", "я"), ("ами", "ю"), ("ми", "э"), ("и", "у"), ("", "о")]
    words = [stem + ending for ending, _ in rules[:4]]
    lemmas = {word.removesuffix(old) + new for word in words for old, new in rules if word.endswith(old)}
    for _ in range(4):
        order = [rules[place] for place in rng.permutation(5)]
        for word in words:
            check(submission, word, lemma(word, {}, order, lemmas), {}, order, lemmas)
    leaves = [("s", ""), ("ves", "f"), ("es", "")]
    for _ in range(3):
        order = [leaves[place] for place in rng.permutation(3)]
        check(submission, "leaves", "leaf", {}, order, {"leave", "leaf", "leav"})
        check(submission, "calves", "calf", {}, order, {"calve", "calf"})


@points("1/4")
@title(en="Results that are no lemmas", ru="Результаты, которых нет среди лемм")
@hint(
    en="Such a result is passed over; if no rule gives a lemma, the word stays as it is.",
    ru="Такой результат пропускается; если ни одно правило не дало леммы, слово остаётся как есть.",
)
def test_no_lemmas(submission):
    rules = [("очами", "око"), ("ами", "ь"), ("и", ""), ("s", "")]
    expected = {
        "очами": "око",
        "ночами": "ночь",
        "вагонами": "вагонами",
        "лес": "лес",
        "и": "и",
        "xs": "xs",
        "mices": "mices",
    }
    for word, result in expected.items():
        check(submission, word, result, {"mice": "mouse"}, rules, {"око", "ночь", "mouse"})


@points("1/4")
@title(en="Equal endings, two replacements", ru="Одинаковые окончания, две замены")
@hint(
    en="Rules with the same ending are tried in the order of the list.",
    ru="Правила с одинаковым окончанием пробуются в порядке списка.",
)
def test_equal_endings(submission):
    for replacements in (("", "e"), ("e", "")):
        rules = [("s", ""), *(("ing", replacement) for replacement in replacements)]
        for word in ("caring", "planing"):
            expected = word.removesuffix("ing") + replacements[0]
            check(submission, word, expected, {}, rules, {"car", "care", "plan", "plane"})


@points("1/4")
@title(en="An empty ending", ru="Пустое окончание")
@hint(
    en="It fits every word and takes nothing away; in Python word[:-0] is the empty text.",
    ru="Оно подходит любому слову и ничего не убирает; в Python word[:-0] — пустая строка.",
)
def test_empty_ending(submission):
    rules = [("", "а"), ("", "о"), ("", "я")]
    for word, expected in (("рек", "река"), ("слов", "слово"), ("бурь", "бурь"), ("птиц", "птица")):
        check(submission, word, expected, {}, rules, {"река", "слово", "буря", "птица", "а", "о"})


@points("1/4")
@title(en="Capitals", ru="Прописные буквы")
@hint(
    en="The word, the dictionary and the lemmas are compared as they stand.",
    ru="Слово, словарь и леммы сравниваются как есть.",
)
def test_capitals(submission):
    forms = {"Львов": "Львов", "львов": "лев"}
    lemmas = {"Львов", "лев", "Роза", "роза"}
    rules = [("ы", "а")]
    for word, expected in (("Львов", "Львов"), ("львов", "лев"), ("Розы", "Роза"), ("розы", "роза"), ("РОЗЫ", "РОЗЫ")):
        check(submission, word, expected, forms, rules, lemmas)
