"""The hidden suite of L07.onehot."""

import numpy as np
from scipy.sparse import issparse

from grader.testing import assert_close, assert_equal, each, hint, limit, points, title
from reference.text.bags.counts import bag, onehot, text_vector
from reference.text.bags.weights import tf, tfidf

from .shared import STRANGE, by_alphabet, columns_in_disorder, same, some_documents, values


@points("3/4")
@title(en="The vocabulary", ru="Словарь")
@hint(
    en="Each word once; columns from 0 in the order of sorted(), in which ё comes after я and capitals before small "
    "letters. Words stay as they are.",
    ru="Каждое слово один раз; столбцы с 0 в порядке sorted(), где ё стоит после я, а заглавные — перед строчными. "
    "Сами слова не меняются.",
)
def test_vocabulary(submission, rng):
    for documents in (some_documents(rng, "ru"), [*some_documents(rng, "en"), [*STRANGE, *STRANGE]]):
        assert_equal(submission.vocabulary(documents), by_alphabet(documents), what="the vocabulary")


@points("1/4")
@title(en="The vocabulary of empty documents", ru="Словарь пустых документов")
@hint(en="A document without words adds nothing.", ru="Документ без слов ничего не добавляет.")
def test_vocabulary_of_nothing(submission):
    assert_equal(submission.vocabulary([[], ["b", "a"], []]), {"a": 0, "b": 1}, what="the vocabulary")
    assert_equal(submission.vocabulary([[], []]), {}, what="the vocabulary")


@points("3/4")
@title(en="One word", ru="Одно слово")
@hint(
    en="A matrix of one row: 1 in the column that the vocabulary tells, whatever the order of its words.",
    ru="Матрица из одной строки: 1 в столбце, который указан в словаре, в каком бы порядке в нём ни шли слова.",
)
def test_onehot(submission, rng):
    for language in ("ru", "en"):
        known = columns_in_disorder(rng, some_documents(rng, language))
        for word in list(known)[::4]:
            same(submission.onehot(word, known), onehot(word, known), "onehot")


@points("1/4")
@title(en="An unknown word", ru="Неизвестное слово")
@hint(en="A row of zeros: no error, and no other word's column.", ru="Строка из нулей: не ошибка и не чужой столбец.")
def test_unknown_word(submission, rng):
    known = columns_in_disorder(rng, some_documents(rng, "en"))
    for word in ("nowhere", "", "И"):
        same(submission.onehot(word, known), onehot(word, known), "onehot")


@title(en="Bags of words", ru="Мешки слов")
@hint(
    en="A row a document, a column a word: how often the word occurs, not whether it does.",
    ru="Строка — документ, столбец — слово: сколько раз слово встретилось, а не встретилось ли оно.",
)
def test_bag(submission, rng):
    for language in ("ru", "en"):
        documents = some_documents(rng, language)
        known = by_alphabet(documents)
        same(submission.bag(documents, known), bag(documents, known), "bag")


@points("1/2")
@title(en="Bags: unknown words, columns in another order", ru="Мешки: неизвестные слова, другой порядок столбцов")
@hint(
    en="Unknown words are left out, and the vocabulary alone tells the columns and how many there are. A document "
    "may be empty.",
    ru="Неизвестные слова пропускаются; столбцы и их число задаёт только словарь. Документ может быть пустым.",
)
def test_bag_of_another_vocabulary(submission, rng):
    documents = some_documents(rng, "ru")
    known = columns_in_disorder(rng, documents)
    for more in ([], [["nowhere", "nowhere"]]):
        given = [[], *documents, *more, []]
        same(submission.bag(given, known), bag(given, known), "bag")
    same(submission.bag([[]], {"я": 0}), bag([[]], {"я": 0}), "bag")


@points("3/4")
@title(en="A text as a sum of vectors", ru="Текст как сумма векторов")
@hint(
    en="A word that occurs twice is added twice; the row of E is the word's column in the vocabulary. No mean.",
    ru="Слово, встретившееся дважды, прибавляется дважды; строка E — это номер столбца слова. Не среднее.",
)
def test_text_vector(submission, rng):
    for size in (5, 1):
        documents = some_documents(rng, "ru")
        known = by_alphabet(documents)
        E = rng.normal(size=(len(known), size))
        tokens = [*documents[0], *documents[1], documents[0][0]]
        found = submission.text_vector(tokens, known, E)
        assert_close(found, text_vector(tokens, known, E), rtol=1e-9, atol=1e-12, what="text_vector")


@points("1/4")
@title(en="A text of unknown words, and of none", ru="Текст из неизвестных слов и без слов")
@hint(
    en="Unknown words add nothing; a sum of nothing is 0.",
    ru="Неизвестные слова ничего не прибавляют; пустая сумма равна 0.",
)
def test_text_of_unknown_words(submission, rng):
    documents = some_documents(rng, "en")
    known = columns_in_disorder(rng, documents)
    E = rng.normal(size=(len(known), 4))
    for tokens in (["nowhere", "nowhere"], [], documents[0]):
        found = submission.text_vector(tokens, known, E)
        assert_close(found, text_vector(tokens, known, E), rtol=1e-9, atol=1e-12, what="text_vector")


SPARSE = {"onehot": onehot, "bag": bag, "tf": tf, "tfidf": tfidf}


@each(SPARSE, worth="1/8", en="Sparse, by rows: {name}", ru="Разреженная матрица по строкам: {name}")
@hint(
    en="scipy.sparse.csr_array or csr_matrix; a place is stored once, and zeros are not stored: a word that all "
    "documents have has the weight 0.",
    ru="scipy.sparse.csr_array или csr_matrix; каждое место хранится один раз, а нули не хранятся: у слова, которое "
    "есть во всех документах, вес 0.",
)
def test_sparse(submission, rng, name):
    documents = some_documents(rng, "ru")
    known = columns_in_disorder(rng, documents)
    for first in ("и", "nowhere") if name == "onehot" else (documents,):
        found = getattr(submission, name)(first, known)
        assert issparse(found), "the matrix must be sparse"
        assert_equal(found.format, "csr", what="the format")
        assert_equal(int(found.nnz), int(np.count_nonzero(values(found, name))), what="the number of stored places")


@limit(seconds=5)
@points("1/4")
@title(en="Bags of a large vocabulary", ru="Мешки с большим словарём")
@hint(
    en="Go through the words of a document, not through the vocabulary, and build no dense table on the way: it would "
    "have 160 million places.",
    ru="Перебирайте слова документа, а не словарь, и не стройте по пути плотную таблицу: в ней 160 миллионов мест.",
)
def test_large(submission, rng):
    words = [f"w{number}" for number in range(20000)]
    known = dict(zip(words, range(20000), strict=True))
    documents = [[words[i] for i in row] for row in rng.integers(20000, size=(8000, 2))]
    found, expected = submission.bag(documents, known), bag(documents, known)
    assert issparse(found), "the matrix must be sparse"
    assert_equal(tuple(found.shape), expected.shape, what="the shape")
    assert_equal(float(abs(found - expected).sum()), 0.0, what="the sum of all differences")
