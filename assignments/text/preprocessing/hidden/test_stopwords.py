"""The hidden suite of L07.stopwords."""

from collections import Counter
from itertools import groupby

from grader.testing import assert_equal, hint, points, title
from grader.testing.corpora import TOPICS, corpus
from reference.text.preprocessing.cleaning import tokens
from reference.text.preprocessing.stopwords import corpus_stopwords, frequencies, remove

KNOWN = {
    "ru": ["в", "и", "на", "с", "не", "а", "у", "до", "для", "без", "за", "из", "он", "она", "это"],
    "en": ["the", "a", "of", "and", "in", "on", "is", "to", "for", "with", "at", "it", "he", "she", "are"],
}


def documents_of(rng, language):
    """A document for each topic of the corpus, in a random order, of fifteen of its sentences."""
    made = []
    for topic in rng.permutation(TOPICS):
        texts = rng.choice(corpus(language, str(topic)), size=15, replace=False)
        made.append([word for text in texts for word in tokens(str(text))])
    return made


@title(en="Counts, the most frequent word first", ru="Количества, сначала самое частое слово")
@hint(
    en="Each different word once, as a tuple (word, count), and the counts go down.",
    ru="Каждое слово один раз, кортежем (слово, количество), количества убывают.",
)
def test_counts(submission, rng):
    counts = rng.permutation(12)[:9] + 1
    words = [f"w{place}" for place in rng.permutation(9)]
    text = [word for word, count in zip(words, counts, strict=True) for _ in range(int(count))]
    text = [text[place] for place in rng.permutation(len(text))]
    assert_equal(submission.frequencies(text), frequencies(text), what="frequencies")


@points("3/4")
@title(en="Equally frequent words go by alphabet", ru="Одинаково частые слова идут по алфавиту")
@hint(
    en="Two keys: the count goes down, the word goes up. In Python ё is greater than я.",
    ru="Два ключа: количество убывает, слово возрастает. Для Python «ё» больше, чем «я».",
)
def test_equally_frequent(submission, rng):
    words = ["яма", "ёж", "ель", "ад", "zoo", "ant", "7", "кто-то", "кто"]
    text = [words[place] for place in rng.permutation(9)] + [words[place] for place in rng.permutation(9)[:4]]
    assert_equal(submission.frequencies(text), frequencies(text), what="frequencies")


@points("1/4")
@title(en="Frequencies of nothing, and of one word", ru="Частоты пустого списка и одного слова")
@hint(en="No tokens, no pairs.", ru="Нет токенов — нет пар.")
def test_few_tokens(submission):
    assert_equal(submission.frequencies([]), [], what="frequencies([])")
    assert_equal(submission.frequencies(["мы"] * 3), [("мы", 3)], what="frequencies")


def by_alphabet(found, counts):
    """The words with neighbours that are equally frequent by alphabet: that order costs points in one test only."""
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        return found
    return [word for _, group in groupby(found, key=lambda word: counts[word]) for word in sorted(group)]


@title(en="Stop words of two corpora", ru="Стоп-слова двух корпусов")
@hint(
    en="All documents together; first the known words go, only then the top is taken, in the order of frequencies.",
    ru="Все документы вместе; сначала уходят известные слова, лишь потом берётся верх таблицы, в порядке частот.",
)
def test_corpus_stopwords(submission, rng):
    for language, known in (("ru", KNOWN["ru"]), ("en", set(KNOWN["en"]))):
        documents = documents_of(rng, language)
        counts = Counter(word for document in documents for word in document)
        ordered = corpus_stopwords(documents, len(counts), known)
        for least in (1, 8):
            top = next(
                place for place in range(least, len(ordered)) if counts[ordered[place]] < counts[ordered[place - 1]]
            )
            found = submission.corpus_stopwords(documents, top, known)
            assert_equal(by_alphabet(found, counts), ordered[:top], what="corpus_stopwords")


@points("1/4")
@title(en="Fewer words than are asked for", ru="Слов меньше, чем нужно")
@hint(
    en="As many as there are; a corpus all of whose words are known has none.",
    ru="Сколько есть; если все слова корпуса известны, стоп-слов нет.",
)
def test_few_words(submission):
    documents = [["и", "кит"], [], ["кот", "и", "кит"]]
    for known, expected in ((["и"], ["кит", "кот"]), ([], ["и", "кит", "кот"]), (["кит", "кот", "и"], [])):
        assert_equal(submission.corpus_stopwords(documents, 5, known), expected, what="corpus_stopwords")


@points("3/4")
@title(en="Words are removed, the others keep their order", ru="Слова удаляются, порядок остальных сохраняется")
@hint(
    en="Whole words are compared, not parts of them; what stays comes as often as before.",
    ru="Сравниваются целые слова, а не их части; оставшиеся встречаются столько же раз, сколько раньше.",
)
def test_remove(submission, rng):
    for language, known in (("ru", set(KNOWN["ru"])), ("en", KNOWN["en"])):
        text = documents_of(rng, language)[0]
        assert_equal(submission.remove(text, known), remove(text, known), what="remove")
    assert_equal(submission.remove(["кит", "к", "и", "кит"], []), ["кит", "к", "и", "кит"], what="remove nothing")
    parts = ["он", "о", "она", "на", "он"]
    assert_equal(submission.remove(parts, ["он", "кто-на"]), ["о", "она", "на"], what="remove whole words")
    assert_equal(submission.remove([], {"и"}), [], what="remove from nothing")
