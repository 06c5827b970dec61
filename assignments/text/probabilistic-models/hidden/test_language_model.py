"""The hidden suite of L07.language_model. What is smoothed is priced apart from what is counted."""

import math
from collections import Counter

import numpy as np

from grader.testing import (
    assert_close,
    assert_count,
    assert_equal,
    assert_refused,
    call_unchanged,
    hint,
    points,
    title,
)
from grader.testing.inputs import fresh, sentences
from reference.text.probabilistic.language_model import Ngrams

LITTLE = 1e-10  # smoothing that leaves the shares of the counts as they are
ENDS = ("</s>", "<unk>")


def fitted(submission, n, k, texts):
    """The student's model and the reference's, of the same sentences."""
    models = submission.Ngrams(n, k), Ngrams(n, k)
    for model in models:
        model.fit(texts)
    return models


def steps(texts, n):
    """Each word and each end of a sentence, with the n - 1 words before it."""
    for words in texts:
        padded = ["<s>"] * (n - 1) + words + ["</s>"]
        for end in range(n - 1, len(padded)):
            yield padded[end], padded[end - n + 1 : end]


def inner_steps(texts, n):
    """Those steps that no mark of a beginning has a part in: beginnings are priced by themselves."""
    return [(word, context) for word, context in steps(texts, n) if "<s>" not in context]


def check(model, expected, pairs):
    for word, context in pairs:
        found, right = model.probability(word, context), expected.probability(word, context)
        assert_close(found, right, rtol=1e-6, atol=1e-9, what=f"the probability of {word!r} after {context!r}")


@title(en="Pairs: shares of counts", ru="Пары слов: доли счётчиков")
@hint(
    en="How often the word follows this context, divided by how often anything follows it. The end of a sentence, "
    "</s>, is such a thing too.",
    ru="Сколько раз слово следует за контекстом, делённое на то, сколько раз за ним следует хоть что-нибудь. Конец "
    "предложения, </s>, тоже считается.",
)
def test_pairs(submission, rng):
    for language in ("en", "ru"):
        texts = sentences(rng, 12, language)
        check(*fitted(submission, 2, LITTLE, texts), inner_steps(texts, 2)[:40])


@title(en="Three and four words", ru="Тройки и четвёрки слов")
@hint(
    en="The context is n - 1 words, in their order; there are n - 1 marks <s> before a sentence.",
    ru="Контекст — это n - 1 слов в их порядке; перед предложением стоит n - 1 меток <s>.",
)
def test_longer(submission, rng):
    texts = sentences(rng, 12, "ru")
    texts += [words[::-1] for words in texts[:6]]
    for n in (3, 4):
        check(*fitted(submission, n, LITTLE, texts), inner_steps(texts, n)[:30])


@title(en="Smoothing", ru="Сглаживание")
@hint(
    en="k is added to each of the V counts, so k V stands below. What can come next: words, </s> and <unk>, never "
    "<s>. By default k is 1.",
    ru="k прибавляется к каждому из V счётчиков, поэтому в знаменателе k V. Следующим бывает слово, </s> или <unk>, "
    "но не <s>. По умолчанию k = 1.",
)
def test_smoothing(submission, rng):
    texts = sentences(rng, 10, "en")
    words = sorted({word for words in texts for word in words})
    pairs = [(word, [str(rng.choice(words))]) for word in words[:12]] + inner_steps(texts, 2)[:12]
    for settings in ((1.0,), (), (0.25,)):
        model, expected = submission.Ngrams(2, *settings), Ngrams(2, *settings)
        model.fit(texts)
        expected.fit(texts)
        check(model, expected, pairs)


@points("1/2")
@title(en="Probabilities sum to 1", ru="Сумма вероятностей равна 1")
@hint(
    en="Over all words, </s> and <unk>, after any context, one that was never met too. <unk> is counted in V once, "
    "even if it stands in the sentences.",
    ru="По всем словам, </s> и <unk>, после любого контекста, в том числе не встречавшегося. <unk> входит в V один "
    "раз, даже если стоит в самих предложениях.",
)
def test_sum(submission, rng):
    texts = [*sentences(rng, 6, "ru"), ["<unk>"]]  # which is in the vocabulary already
    following = sorted({word for words in texts for word in words} | set(ENDS))
    model, _ = fitted(submission, 3, 0.5, texts)
    for context in (["<s>", "<s>"], texts[0][:2], texts[1][-2:], texts[2][:1] * 2):
        total = sum(model.probability(word, context) for word in following)
        assert_close(total, 1.0, rtol=1e-9, what=f"the sum over all words after {context!r}")


@points("1/2")
@title(en="Unknown words", ru="Незнакомые слова")
@hint(
    en="A word that was not in the sentences of fit is <unk>, as the next word and in the context alike. With a "
    "capital letter it is another word.",
    ru="Слово, которого не было в предложениях fit, — это <unk>: и как следующее слово, и в контексте. С прописной "
    "буквы — это уже другое слово.",
)
def test_unknown(submission, rng):
    texts = sentences(rng, 8, "ru")
    texts[3:3] = [["<unk>", texts[0][0]], [texts[1][0], "<unk>"], ["щегол", "цапля"]]
    model, expected = fitted(submission, 2, LITTLE, texts)
    a, b = texts[1][0], texts[0][0]
    check(model, expected, [("зябь", [a]), (b, ["зябь"]), ("<unk>", [a]), ("Цапля", ["щегол"])])


@points("1/2")
@title(en="Contexts that are shorter, and at the start", ru="Короткий контекст и начало предложения")
@hint(
    en="A context of less than n - 1 words is the beginning of a sentence: <s> stands before it.",
    ru="Контекст короче n - 1 слова — это начало предложения: перед ним стоят <s>.",
)
def test_short_contexts(submission, rng):
    texts = sentences(rng, 8, "en")
    model, expected = fitted(submission, 3, LITTLE, texts)
    check(model, expected, [pair for words in texts for pair in ((words[0], []), (words[1], words[:1]))])


@points("1/2")
@title(en="Contexts that are longer", ru="Длинный контекст")
@hint(
    en="Only the last n - 1 words count. With n = 1 there are none: what is context[-0:]?",
    ru="Важны только последние n - 1 слов. При n = 1 их нет: чему равно context[-0:]?",
)
def test_long_contexts(submission, rng):
    texts = sentences(rng, 8, "en")
    for n in (2, 3, 1):
        model, expected = fitted(submission, n, LITTLE, texts)
        check(model, expected, [(words[3], words[:3]) for words in texts])


@points("1/2")
@title(en="Single words, and a sentence without words", ru="Отдельные слова и пустое предложение")
@hint(
    en="n = 1: counts of words and of </s> alone. An empty sentence is one </s>.",
    ru="n = 1: только счётчики слов и </s>. Пустое предложение — это один </s>.",
)
def test_single(submission, rng):
    texts = [*sentences(rng, 6, "ru"), []]
    for n in (1, 2):
        model, expected = fitted(submission, n, LITTLE, texts)
        check(model, expected, [(texts[0][0], []), (texts[1][0], []), ("</s>", [])])


@points("1/4")
@title(en="fit once more", ru="fit ещё раз")
@hint(en="It starts anew and forgets all counts.", ru="Обучение начинается заново, прежние счётчики забываются.")
def test_fit_again(submission, rng):
    first, second = sentences(rng, 5, "en"), sentences(rng, 5, "en")
    model, _ = fitted(submission, 2, LITTLE, first)
    model.fit(second)
    expected = Ngrams(2, LITTLE).fit(second)
    check(model, expected, inner_steps(second, 2)[:15])


@title(en="Perplexity", ru="Перплексия")
@hint(
    en="exp of the mean of -ln p, by your own probabilities: over all sentences together, each </s> counted, <s> not.",
    ru="exp от среднего -ln p по вашим же вероятностям: по всем предложениям сразу, каждый </s> считается, <s> — нет.",
)
def test_perplexity(submission, rng):
    for n, language in ((2, "ru"), (3, "en")):
        texts = sentences(rng, 12, language)
        model, _ = fitted(submission, n, 0.5, texts)
        held = [texts[1], *sentences(rng, 3, language), [texts[2][0], "зябь"]]
        pairs = list(steps(held, n))
        p = np.array([model.probability(*pair) for pair in pairs], dtype=float)
        assert ((p > 0) & (p <= 1)).all(), "probability gave numbers that are no probabilities"
        assert_close(model.perplexity(held), math.exp(-np.log(p).mean()), rtol=1e-9, what="perplexity")


@points("1/2")
@title(en="Perplexity of a long text", ru="Перплексия длинного текста")
@hint(
    en="A product of thousands of probabilities is 0 as a float: add logarithms.",
    ru="Произведение тысяч вероятностей обращается в 0: складывайте логарифмы.",
)
def test_long_text(submission, rng):
    texts = sentences(rng, 300, "en")
    model, expected = fitted(submission, 2, 0.1, texts)
    # the smoothing is the business of other tests
    assert_close(model.perplexity(texts), expected.perplexity(texts), rtol=0.02, what="perplexity")


def drawn(model, rng, limit):
    words = model.generate(rng, limit)
    assert isinstance(words, list), "generate must return a list"
    assert all(isinstance(word, str) for word in words), "generate must return words"
    return words


def a_long_sentence(rng, words, length):
    """A chain of words, each of which prefers two followers to the others."""
    law = rng.dirichlet(np.full(len(words), 0.7), size=len(words))
    place, sentence = 0, []
    for _ in range(length):
        place = rng.choice(len(words), p=law[place])
        sentence.append(words[place])
    return sentence


@title(en="The law of generated sentences", ru="Распределение порождённых предложений")
@hint(
    en="Each word is drawn by its probability after the words before it, not chosen as the most probable.",
    ru="Каждое слово разыгрывается по его вероятности после предыдущих слов, а не берётся самое вероятное.",
)
def test_generate(submission, rng):
    words = ["кит", "лёд", "мыс", "риф"]
    for n in (2, 3):
        texts = [a_long_sentence(rng, words, 50) for _ in range(4)]
        model, expected = fitted(submission, n, 0.001, texts)
        found = list(steps([drawn(model, fresh(rng), 5000) for _ in range(25)], n))
        contexts, pairs = Counter(tuple(context) for _, context in found), Counter((*c, word) for word, c in found)
        for context, tries in contexts.items():
            for word in [*words, "</s>"]:
                share = expected.probability(word, context)
                assert_count(pairs[(*context, word)], tries, share, f"{word!r} after {' '.join(context)!r}")


@points("1/2")
@title(en="Where a generated sentence ends", ru="Где кончается порождённое предложение")
@hint(
    en="At </s>, which is not returned, or after limit words. A drawn <unk> is a word like any other.",
    ru="На </s>, который не возвращается, или после limit слов. Выпавший <unk> — такое же слово, как другие.",
)
def test_generated_ends(submission, rng):
    model, _ = fitted(submission, 2, LITTLE, [["снег", "и", "лёд"]])
    for limit, expected in ((10, ["снег", "и", "лёд"]), (3, ["снег", "и", "лёд"]), (2, ["снег", "и"]), (1, ["снег"])):
        assert_equal(model.generate(fresh(rng), limit), expected, what=f"the only sentence, limit = {limit}")
    model, _ = fitted(submission, 1, 1e9, [["лёд"]])
    found = [drawn(model, fresh(rng), 1) for _ in range(60)]  # лёд, <unk> and the end, a third each
    assert ["<unk>"] in found, "in 60 sentences <unk> was never drawn, whose probability is 1/3"
    model, _ = fitted(submission, 3, LITTLE, [[]])
    assert_equal(model.generate(fresh(rng), 5), [], what="the empty sentence")


@points("1/4")
@title(en="Sentences come from rng", ru="Предложения берутся из rng")
@hint(
    en="Draw from the generator given, and walk through the words in a fixed order: that of a set changes from one "
    "run of Python to the next.",
    ru="Берите случайные числа из данного генератора, а слова перебирайте в твёрдом порядке: у set он меняется от "
    "запуска к запуску.",
)
def test_sentences_from_rng(submission, rng):
    texts, seed = sentences(rng, 15, "en"), int(rng.integers(1 << 40))
    model, _ = fitted(submission, 2, 0.5, texts)
    one, again, other = (
        [drawn(model, np.random.default_rng(number + i), 40) for i in range(3)] for number in (seed, seed, seed + 7)
    )
    assert_equal(again, one, what="sentences from equal generators")
    assert one != other, "sentences from other generators are the same"


@points("1/2")
@title(en="Bad arguments: Ngrams", ru="Неверные аргументы: Ngrams")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_refused_by_ngrams(submission, rng):
    for argument, *values in (("n", 0), ("k", 2, 0.0), ("k", 2, -1.0)):
        assert_refused(argument, submission.Ngrams, *values)
    model = submission.Ngrams(2)
    assert_refused("sentences", model.fit, [])
    model.fit([["a"]])
    assert_refused("sentences", model.perplexity, [])
    assert_refused("limit", model.generate, fresh(rng), 0)


@points("1/4")
@title(en="fit leaves the sentences as they were", ru="fit не меняет предложения")
@hint(en="Add the marks to copies.", ru="Добавляйте метки к копиям.")
def test_sentences_unchanged(submission, rng):
    call_unchanged(submission.Ngrams(3).fit, sentences(rng, 4, "ru"))
