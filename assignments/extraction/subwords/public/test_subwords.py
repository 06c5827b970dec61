"""The public tests of words from n-grams: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title


@title(en="n-grams of the statement", ru="n-граммы из условия")
def test_ngrams(submission):
    assert_equal(submission.ngrams("кот", 3, 4), ["<ко", "кот", "от>", "<кот", "кот>"])
    assert_equal(submission.ngrams("cat"), ["<ca", "cat", "at>", "<cat", "cat>", "<cat>"])


@title(en="Rows of known n-grams", ru="Строки известных n-грамм")
def test_bucket(submission):
    assert_equal(submission.bucket("a", 2**32), 0xE40C292C)
    assert_equal(submission.bucket("foobar", 2**32), 0xBF9CF968)
    assert_equal(submission.bucket("foobar", 1000), 720)


@title(en="A known word and an unknown one", ru="Знакомое слово и незнакомое")
def test_word_vector(submission):
    W, N = np.array([[10.0, 0.0]]), np.array([[0.0, 1.0]])
    assert_close(submission.word_vector("cat", {"cat": 0}, W, N), np.array([10.0, 6.0]), what="cat")
    assert_close(submission.word_vector("at", {"cat": 0}, W, N), np.array([0.0, 3.0]), what="at")


@title(en="The step of the statement", ru="Шаг из условия")
def test_step(submission):
    arguments = ("a", 0, np.array([1]), {}, np.zeros((2, 1)), np.array([[2.0]]), np.zeros((2, 1)), 1.0)
    W, N, C = submission.step(*arguments)
    assert_close(C, np.array([[1.0], [-1.0]]), what="C")
    assert_close(N, np.array([[2.0]]), what="N")
    assert_close(W, np.zeros((2, 1)), what="W")


@title(en="Training gives words and tables", ru="Обучение даёт слова и таблицы")
def test_train(submission):
    texts = [["кот", "спит"], ["кот", "ест", "рыбу"]]
    known, W, N, C = submission.train(
        texts, 3, buckets=20, window=2, negatives=2, rate=0.1, epochs=2, rng=np.random.default_rng(0)
    )
    assert_equal(sorted(known), ["ест", "кот", "рыбу", "спит"])
    assert_equal((W.shape, N.shape, C.shape), ((4, 3), (20, 3), (4, 3)))


@title(en="The nearest word", ru="Ближайшее слово")
def test_nearest(submission):
    W, N = np.array([[1.0, 0.0], [0.0, 1.0], [3.0, 1.0]]), np.zeros((5, 2))
    assert_equal(submission.nearest("cat", 2, {"cat": 0, "dog": 1, "cow": 2}, W, N), ["cow", "dog"])
