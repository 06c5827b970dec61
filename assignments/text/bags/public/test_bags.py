"""The public tests of bags of words: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title

DOCUMENTS = [["кот", "ест", "рыбу"], ["кот", "спит"], ["кот", "и", "пёс", "спит", "и", "ест"]]
WORDS = {"ест": 0, "и": 1, "кот": 2, "пёс": 3, "рыбу": 4, "спит": 5}


@title(en="The vocabulary of the statement", ru="Словарь из условия")
def test_vocabulary(submission):
    assert_equal(submission.vocabulary(DOCUMENTS), WORDS, what="the vocabulary")


@title(en="One word", ru="Одно слово")
def test_onehot(submission):
    found = submission.onehot("пёс", WORDS)
    assert_equal(found.format, "csr", what="the format")
    assert_close(found.toarray(), np.array([[0.0, 0, 0, 1, 0, 0]]), what="onehot")


@title(en="The bags of the statement", ru="Мешки из условия")
def test_bag(submission):
    expected = np.array([[1.0, 0, 1, 0, 1, 0], [0, 0, 1, 0, 0, 1], [1, 2, 1, 1, 0, 1]])
    assert_close(submission.bag(DOCUMENTS, WORDS).toarray(), expected, what="bag")


@title(en="A text as a sum", ru="Текст как сумма")
def test_text_vector(submission):
    E = np.array([[1.0, 0.0], [0.0, 10.0], [2.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    found = submission.text_vector(["кот", "и", "мышь", "и"], WORDS, E)
    assert_close(found, np.array([2.0, 20.0]), what="text_vector")


@title(en="The weights of the statement", ru="Веса из условия")
def test_tfidf(submission):
    assert_close(submission.tf(DOCUMENTS, WORDS).toarray()[2], np.array([1, 2, 1, 1, 0, 1]) / 6, what="tf")
    rarity = np.array([0.4054651081, 1.0986122887, 0.0, 1.0986122887, 1.0986122887, 0.4054651081])
    assert_close(submission.idf(DOCUMENTS, WORDS), rarity, atol=1e-9, what="idf")
    third = np.array([0.0675775180, 0.3662040962, 0.0, 0.1831020481, 0.0, 0.0675775180])
    assert_close(submission.tfidf(DOCUMENTS, WORDS).toarray()[2], third, atol=1e-9, what="tfidf")


@title(en="The search of the statement", ru="Поиск из условия")
def test_search(submission):
    assert_equal(submission.search(["кот", "спит"], DOCUMENTS, 2), np.array([1, 2]), what="search")


@title(en="A text is no list of words", ru="Строка — не список слов")
def test_refused(submission):
    assert_refused("documents", submission.vocabulary, ["кот спит"])
