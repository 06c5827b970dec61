"""The public tests of Word2Vec: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title

SENTENCES = [["b", "a", "c"], ["c", "b"], ["a", "d"]]


@title(en="A vocabulary", ru="Словарь")
def test_build(submission):
    assert_equal(submission.build(SENTENCES, 2), ["<unk>", "a", "b", "c"], what="build(sentences, 2)")


@title(en="Sentences as ids", ru="Предложения как номера")
def test_encode(submission):
    first, second = submission.encode([["b", "x", "a"], ["a"]], ["<unk>", "a", "b"])
    assert_equal(first, np.array([2, 0, 1]), what="the first sentence")
    assert_equal(second, np.array([1]), what="the second sentence")


@title(en="The probability to stay", ru="Вероятность остаться")
def test_keep_probability(submission):
    found = submission.keep_probability(np.array([0, 1, 3, 96]), t=0.06)
    assert_close(found, np.array([1.0, 1.0, 1.0, 0.25]), what="keep_probability")


@title(en="Subsampling: rare words stay", ru="Прореживание: редкие слова остаются")
def test_subsample(submission):
    (found,) = submission.subsample([np.array([1, 0, 2])], np.ones(3), 0.5, np.random.default_rng(0))
    assert_equal(found, np.array([1, 0, 2]), what="the sentence")


IDS = [np.array([5, 6, 7]), np.array([8])]


@title(en="Windows", ru="Окна")
def test_windows(submission):
    contexts, targets = submission.windows(IDS, 1)
    assert_equal(contexts, np.array([[-1, 6], [5, 7], [6, -1]]), what="contexts")
    assert_equal(targets, np.array([5, 6, 7]), what="targets")


@title(en="Pairs", ru="Пары")
def test_pairs(submission):
    assert_equal(submission.pairs(IDS, 1), np.array([[5, 6], [6, 5], [6, 7], [7, 6]]), what="pairs")


@title(en="CBOW: the example of the statement", ru="CBOW: пример из условия")
def test_cbow(submission):
    W_in, W_out = np.array([[1.0], [3.0], [0.0]]), np.array([[0.0], [0.0], [1.0]])
    loss, dW_in, dW_out = submission.cbow(W_in, W_out, np.array([[0, 1]]), np.array([2]))
    assert_close(loss, 0.23954477, atol=1e-7, what="loss")
    assert_close(dW_in, np.array([[-0.10650698], [-0.10650698], [0.0]]), atol=1e-7, what="dW_in")
    assert_close(dW_out, np.array([[0.21301396], [0.21301396], [-0.42602792]]), atol=1e-7, what="dW_out")


@title(en="The law of the negatives", ru="Распределение отрицательных примеров")
def test_noise(submission):
    assert_close(submission.noise(np.array([0, 1, 16])), np.array([0.0, 1 / 9, 8 / 9]), what="noise")


@title(en="Skip-gram: the example of the statement", ru="Skip-gram: пример из условия")
def test_skipgram(submission):
    W_in, W_out = np.array([[1.0], [0.0], [0.0]]), np.array([[0.0], [np.log(3.0)], [0.0]])
    loss, dW_in, dW_out = submission.skipgram(W_in, W_out, np.array([0]), np.array([1]), np.array([[2, 2]]))
    assert_close(loss, np.log(16 / 3), what="loss")
    assert_close(dW_in, np.array([[-np.log(3.0) / 4], [0.0], [0.0]]), what="dW_in")
    assert_close(dW_out, np.array([[0.0], [-0.25], [1.0]]), what="dW_out")


TEXT = [np.array([0, 1, 2, 1, 0])] * 3
SETTINGS = {"window": 1, "rate": 0.1, "epochs": 2}


@title(en="Training CBOW: shapes", ru="Обучение CBOW: формы")
def test_train_cbow(submission):
    W_in, W_out = submission.train_cbow(TEXT, 4, 2, **SETTINGS, rng=np.random.default_rng(0))
    assert_equal((W_in.shape, W_out.shape), ((4, 2), (4, 2)), what="shapes")


@title(en="Training skip-gram: shapes", ru="Обучение skip-gram: формы")
def test_train_skipgram(submission):
    W_in, W_out = submission.train_skipgram(TEXT, 4, 2, **SETTINGS, negatives=3, rng=np.random.default_rng(0))
    assert_equal((W_in.shape, W_out.shape), ((4, 2), (4, 2)), what="shapes")
    assert_close(W_out[3], np.zeros(2), what="the row of W_out of a word that never occurs")


@title(en="The nearest words", ru="Ближайшие слова")
def test_nearest(submission):
    W = np.array([[1.0, 0.0], [0.0, 5.0], [9.0, 9.0], [2.0, 0.1]])
    assert_equal(submission.nearest(W, 0, 2), np.array([3, 2]), what="nearest(W, 0, 2)")


@title(en="A window of 0 is refused", ru="Окно 0 отвергается")
def test_window(submission):
    assert_refused("window", submission.windows, IDS, 0)
