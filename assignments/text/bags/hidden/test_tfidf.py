"""The hidden suite of L07.tfidf."""

import numpy as np

from grader.testing import assert_close, assert_equal, hint, limit, points, title
from reference.text.bags.weights import DECIMALS, cosines, idf, search, tf, tfidf

from .shared import by_alphabet, columns_in_disorder, same, some_documents


@points("3/4")
@title(en="The share of a word", ru="Доля слова")
@hint(
    en="The count divided by the length of this document: the shares of a document sum to 1.",
    ru="Число вхождений делится на длину этого документа: сумма долей по документу равна 1.",
)
def test_tf(submission, rng):
    for language in ("ru", "en"):
        documents = some_documents(rng, language)
        known = by_alphabet(documents)
        same(submission.tf(documents, known), tf(documents, known), "tf")


@points("1/2")
@title(en="Shares: unknown words and empty documents", ru="Доли: неизвестные слова и пустые документы")
@hint(
    en="Unknown words count in the length; an empty document has zeros, and nothing is divided by 0.",
    ru="Неизвестные слова входят в длину; у пустого документа нули, деления на 0 нет.",
)
def test_tf_of_unknown_words(submission, rng):
    documents = [[], *some_documents(rng, "ru"), ["nowhere"], []]
    known = columns_in_disorder(rng, documents)
    same(submission.tf(documents, known), tf(documents, known), "tf")


def check_idf(submission, documents, known):
    expected = idf(documents, known)
    assert_close(submission.idf(documents, known), expected, rtol=1e-9, atol=1e-12, what="idf")


@points("3/4")
@title(en="How rare a word is", ru="Редкость слова")
@hint(
    en="ln(N / df): the natural logarithm; df counts documents, and each once however often it has the word. Nothing "
    "is added to N, to df or to the logarithm.",
    ru="ln(N / df): логарифм натуральный; df — число документов, и каждый считается один раз, сколько бы раз слово "
    "в нём ни встретилось. Ни к N, ни к df, ни к логарифму ничего не прибавляется.",
)
def test_idf(submission, rng):
    for language in ("ru", "en"):
        documents = some_documents(rng, language)
        check_idf(submission, documents, by_alphabet(documents))


@points("1/2")
@title(en="Rarity: no document, every document, empty documents", ru="Редкость: ни в одном, во всех, пустые документы")
@hint(
    en="A word of no document has idf 0, one of every document ln 1 = 0; empty documents count in N.",
    ru="У слова, которого нет ни в одном документе, idf равна 0, у слова из всех документов — ln 1 = 0; пустые "
    "документы входят в N.",
)
def test_idf_at_the_edge(submission, rng):
    documents = some_documents(rng, "ru")
    known = columns_in_disorder(rng, documents)
    for given in (documents, [[], *documents, []], [["ось"]], [[]]):
        check_idf(submission, given, known)


@title(en="TF-IDF", ru="TF-IDF")
@hint(
    en="Column j of the shares times idf of word j; rows are not scaled to length 1 here.",
    ru="Столбец j долей умножается на idf слова j; строки здесь не приводятся к длине 1.",
)
def test_tfidf(submission, rng):
    for language in ("ru", "en"):
        documents = some_documents(rng, language)
        known = by_alphabet(documents)
        same(submission.tfidf(documents, known), tfidf(documents, known), "tfidf")


@points("1/4")
@title(en="TF-IDF: unknown words and empty documents", ru="TF-IDF: неизвестные слова и пустые документы")
@hint(
    en="Neither NaN nor infinity comes of an empty document or of a word that no document has.",
    ru="Ни пустой документ, ни слово, которого нет ни в одном документе, не дают NaN или бесконечности.",
)
def test_tfidf_at_the_edge(submission, rng):
    documents = some_documents(rng, "ru")
    known = columns_in_disorder(rng, documents)
    for given in ([[], *documents, []], [["ось"]], [[]]):
        same(submission.tfidf(given, known), tfidf(given, known), "tfidf")


def check_search(submission, query, documents, top):
    """What is found, where the last bits of a cosine decide nothing: about one draw in a thousand is left out."""
    places = cosines(query, documents) * 10.0**DECIMALS
    if (np.abs(places % 1 - 0.5) < 0.02).any():  # so near to where rounding changes, a right order is a matter of luck
        return
    assert_equal(submission.search(query, documents, top), search(query, documents, top), what="search")


@title(en="Search", ru="Поиск")
@hint(
    en="The cosine divides by both lengths, so a long document wins nothing; idf is that of the documents, without the "
    "query. The best come first.",
    ru="Косинус делит на обе длины, поэтому длинный документ не выигрывает; idf берётся по документам, без запроса. "
    "Лучшие идут первыми.",
)
def test_search(submission, rng):
    for language in ("ru", "en"):
        documents = [words[: 4 + 5 * (i % 3)] for i, words in enumerate(some_documents(rng, language, 12))]
        for number in range(4):
            query = [*documents[number][:3], *documents[number + 4][:2], "nowhere"]
            check_search(submission, query, documents, 5)


@points("1/2")
@title(en="Search: ties", ru="Поиск: равные косинусы")
@hint(
    en="Of equal cosines the lower index comes first, also among those that are 0; a vector of zeros has the cosine 0. "
    "Sums of the same numbers in another order differ in the last digits: hence the rounding.",
    ru="При равных косинусах первым идёт меньший индекс, и среди нулевых тоже; у нулевого вектора косинус равен 0. "
    "Суммы одних и тех же чисел в разном порядке отличаются в последних знаках: для этого и нужно округление.",
)
def test_ties(submission, rng):
    words, counts = list("abcde"), np.arange(1, 6)
    permuted = [np.repeat(words, rng.permutation(counts)).tolist() for _ in range(12)]
    check_search(submission, words, [["f"], *permuted, ["g", "f"]], 14)  # twelve cosines of 15 / sqrt(275)
    documents = some_documents(rng, "ru", 6)
    again = [[], ["иное"], documents[2], *documents, documents[2], documents[2][::-1], [], documents[4] * 2]
    for query in (documents[2][:3], documents[4], ["nowhere"], []):
        check_search(submission, query, again, len(again))


@points("1/4")
@title(en="Search: more than there are", ru="Поиск: просят больше, чем есть")
@hint(en="All documents come then; there may be a single one.", ru="Тогда возвращаются все; документ может быть один.")
def test_search_for_all(submission, rng):
    documents = some_documents(rng, "en", 4)
    check_search(submission, documents[1][:2], documents, 9)
    check_search(submission, ["a"], [["a", "b"]], 1)
    check_search(submission, ["b"], [["a"], ["b"], ["c"]], 1)


@limit(seconds=5)
@points("1/4")
@title(en="Search in many documents", ru="Поиск среди многих документов")
@hint(
    en="No dense table of documents and words: it would have 60 million places and more.",
    ru="Плотной таблицы документов и слов быть не должно: в ней больше 60 миллионов мест.",
)
def test_search_in_many(submission, rng):
    documents = [[f"w{i}" for i in row] for row in rng.integers(20000, size=(5000, 6))]
    query = [*documents[17][:4], *documents[4021][:2]]
    found = submission.search(query, documents, 2)
    assert_equal(np.asarray(found)[:2], search(query, documents, 2), what="the two best")
