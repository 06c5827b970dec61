"""The hidden suite of CBOW: windows, the loss and its gradients, training."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, depends, each, hint, limit, points, title
from grader.testing.inputs import fresh
from reference.text.word2vec.cbow import cbow
from reference.text.word2vec.windows import windows

from .shared import (
    WORDS,
    assert_first_vectors,
    assert_grouped,
    distinct_ids,
    grouped,
    groups,
    near,
    parts,
    random_ids,
    two_matrices,
)

RESULTS = ("loss", "dW_in", "dW_out")


def compare_windows(submission, ids, window):
    found = parts(submission.windows(ids, window), 2, "windows")
    for name, part, right in zip(("contexts", "targets"), found, windows(ids, window), strict=True):
        assert_array(part, shape=right.shape, kind="int" if right.size else "real", what=name)
        if right.size:
            assert_equal(part, right, what=name)


@title(en="Windows of long sentences", ru="Окна длинных предложений")
@hint(
    en="A row for each word: the words before it from left to right, then those after it; -1 where there is none. "
    "The same word at another place is a neighbour like others.",
    ru="По строке на слово: слова до него слева направо, затем слова после него; -1 там, где слова нет. "
    "То же слово на другом месте — сосед, как все.",
)
def test_windows(submission, rng):
    for window in (1, 2, 3):
        compare_windows(submission, random_ids(rng, [9], 5), window)


@points("1/2")
@title(en="Windows end with the sentence", ru="Окна не выходят за предложение")
@hint(
    en="The last word of a sentence does not see the next sentence. A window may be longer than the sentence.",
    ru="Последнее слово не видит следующего предложения. Окно бывает длиннее предложения.",
)
def test_windows_of_sentences(submission, rng):
    for window in (1, 3, 6):
        compare_windows(submission, random_ids(rng, [2, 5, 3], 30), window)


@points("1/2")
@title(en="Windows: words alone, empty sentences", ru="Окна: одиночные слова и пустые предложения")
@hint(
    en="A word without any neighbour is left out. Where nothing is left, the shapes are (0, 2 window) and (0,).",
    ru="Слово без единого соседа пропускается. Если ничего не осталось, формы — (0, 2 window) и (0,).",
)
def test_windows_alone(submission, rng):
    compare_windows(submission, random_ids(rng, [1, 0, 3, 1], 30), 2)
    compare_windows(submission, random_ids(rng, [1, 0], 30), 2)


def matrices(rng, V, d):
    return rng.normal(size=(V, d)), rng.normal(size=(V, d))


def compare(submission, name, *arguments):
    """One of the three results of cbow."""
    place = RESULTS.index(name)
    near(parts(submission.cbow(*arguments), 3, "cbow")[place], cbow(*arguments)[place], name)


@each(RESULTS, worth=1, en="CBOW: {name}", ru="CBOW: {name}")
@hint(
    en="h is the mean of rows of W_in, the logits are h times the rows of W_out, the loss is the mean over the "
    "examples. Check the gradients by finite differences.",
    ru="h — среднее строк W_in, логиты — произведения h на строки W_out, ошибка — среднее по примерам. "
    "Градиенты сверьте с конечными разностями.",
)
def test_cbow(submission, rng, name):
    for n, c in ((1, 2), (4, 4)):
        words = rng.permutation(24)[: n * (c + 1)]  # each word once
        compare(submission, name, *matrices(rng, 24, 5), words[n:].reshape(n, c), words[:n])


@each(RESULTS, worth="1/4", en="CBOW at the ends of sentences: {name}", ru="CBOW на краях предложения: {name}")
@hint(
    en="-1 is no word: the mean is over the words that are there. As an index -1 would be the last row.",
    ru="-1 — не слово: среднее берётся по тем словам, которые есть. Как индекс -1 означает последнюю строку.",
)
def test_padding(submission, rng, name):
    words = rng.permutation(24)
    contexts, targets = words[:16].reshape(4, 4).copy(), words[16:20]
    contexts[0, :2] = contexts[1, 2:] = contexts[2, 1:] = contexts[3, 0] = -1
    compare(submission, name, *matrices(rng, 24, 5), contexts, targets)


@each(RESULTS[1:], worth="1/2", en="CBOW, words that repeat: {name}", ru="CBOW, слова повторяются: {name}")
@hint(
    en="A word that stands several times gets all its gradients, added up. W[index] += … keeps the last one only.",
    ru="Слово, которое встретилось несколько раз, получает сумму всех своих градиентов. W[index] += … оставит только "
    "последний.",
)
def test_repeated(submission, rng, name):
    contexts, targets = rng.integers(4, size=(9, 4)), rng.integers(4, size=9)
    contexts[0] = [2, 2, 1, 2]
    compare(submission, name, *matrices(rng, 6, 3), contexts, targets)


@each(RESULTS, worth="1/6", en="CBOW, logits of 800: {name}", ru="CBOW, логиты около 800: {name}")
@hint(
    en="e^800 is infinity. Subtract the largest logit of each row first; the logarithm of a softmax needs no softmax.",
    ru="e^800 — бесконечность. Сначала вычтите наибольший логит строки; логарифм softmax считается и без softmax.",
)
def test_huge_logits(submission, rng, name):
    W_in, W_out = matrices(rng, 24, 5)
    words = rng.permutation(24)[:12]
    scale = 800 / np.abs(W_in[words[4:]].reshape(4, 2, 5).mean(axis=1) @ W_out.T).max()
    compare(submission, name, W_in, scale * W_out, words[4:].reshape(4, 2), words[:4])


def trained(submission, ids, V, d, rate, epochs, rng, window=2):
    found = submission.train_cbow(ids, V, d, window=window, rate=rate, epochs=epochs, rng=rng)
    return two_matrices(found, V, d, "train_cbow")


SLOW = 1e-6  # with such a rate W_in stays what it was, and W_out adds up the gradients


@points("1/4")
@title(en="Training CBOW: the first vectors", ru="Обучение CBOW: начальные векторы")
@hint(
    en="W_in is uniform from -1/(2d) to 1/(2d).",
    ru="W_in — равномерно от -1/(2d) до 1/(2d).",
)
def test_first_vectors(submission, rng):
    for V, d in ((30, 20), (100, 4)):
        W_in, _ = trained(submission, random_ids(rng, [4], V), V, d, SLOW, 1, fresh(rng))
        assert_first_vectors(W_in)


@title(en="Training CBOW: one pass", ru="Обучение CBOW: один проход")
@hint(
    en="W_out begins at 0. Each window has one turn in an epoch; batches have 32, and the loss of a batch is its mean, "
    "also where the batch is smaller.",
    ru="W_out начинается с нуля. За эпоху каждое окно участвует один раз; в пакете 32 примера, его ошибка — среднее, "
    "в том числе когда пакет меньше.",
)
def test_one_pass(submission, rng):
    for lengths in ([9, 5, 12, 6, 9, 23], [4, 6, 3]):  # 64 words; 13 words
        ids = distinct_ids(rng, lengths, 24)
        W_in, W_out = trained(submission, ids, 25, 6, SLOW, 1, fresh(rng))
        contexts, targets = windows(ids, 2)
        by_out = cbow(W_in, np.zeros_like(W_in), contexts, targets)[2] * max(1, len(targets) // 32)
        assert_close(W_out / SLOW, -by_out, rtol=1e-4, atol=1e-5, what="W_out / rate")


@points("1/4")
@title(en="Training CBOW: the order of the windows", ru="Обучение CBOW: порядок окон")
@hint(
    en="A new random order at the beginning of each epoch; the batches are cut from it.",
    ru="В начале каждой эпохи — новый случайный порядок; пакеты нарезаются уже из него.",
)
def test_order(submission, rng):
    ids, generator = random_ids(rng, [25, 23], 14), fresh(rng)  # 48 windows: a batch of 32 and one of 16
    (W_in, once), (_, twice) = (trained(submission, ids, 15, 2, SLOW, epochs, generator) for epochs in (1, 2))
    contexts, targets = windows(ids, 2)
    in_order = sum(cbow(W_in, np.zeros_like(W_in), contexts[b], targets[b])[2] for b in (slice(32), slice(32, 48)))
    assert np.abs(once / SLOW + in_order).max() > 1e-4, "the windows are taken in the order of the text"
    assert np.abs(twice - 2 * once).max() / SLOW > 1e-4, "each epoch has the same order"


@title(en="Training CBOW: several epochs", ru="Обучение CBOW: несколько эпох")
@hint(
    en="Each step takes the gradients of both matrices as they are now, and then changes both against the gradient.",
    ru="На каждом шаге градиенты берутся по нынешним матрицам, затем обе сдвигаются против градиента.",
)
def test_epochs(submission, rng):
    ids, generator = distinct_ids(rng, [11, 7, 14], 14), fresh(rng)  # 32 words, one batch, whatever the order
    W_in, _ = trained(submission, ids, 15, 5, 1e-12, 4, generator)
    W_out = np.zeros_like(W_in)
    for _ in range(4):
        _, by_in, by_out = cbow(W_in, W_out, *windows(ids, 2))
        W_in, W_out = W_in - 3.0 * by_in, W_out - 3.0 * by_out
    found = trained(submission, ids, 15, 5, 3.0, 4, generator)
    for name, part, right in zip(("W_in", "W_out"), found, (W_in, W_out), strict=True):
        assert_close(part, right, rtol=1e-6, atol=1e-8, what=name)


@points("1/4")
@title(en="Training CBOW: the generator", ru="Обучение CBOW: генератор")
@hint(
    en="All chance comes from rng: equal generators give equal vectors, others give others.",
    ru="Случайность берётся только из rng: одинаковые генераторы дают одинаковые векторы, разные — разные.",
)
def test_generator(submission, rng):
    ids, generator = random_ids(rng, [20, 20, 20], 10), fresh(rng)
    first, again, other = (trained(submission, ids, 10, 4, 1.0, 2, one) for one in (generator, generator, fresh(rng)))
    assert_equal(again[0], first[0], what="W_in with an equal generator")
    assert (other[0] != first[0]).any(), "another generator gives the same W_in"


@limit(seconds=60)
@title(en="CBOW finds planted groups of words", ru="CBOW находит заложенные группы слов")
@hint(
    en="Watch the loss: it falls from ln 25 = 3.2 to about 1.9. New order in each epoch; W_in comes back first.",
    ru="Следите за ошибкой: она падает с ln 25 = 3.2 примерно до 1.9. Порядок в каждой эпохе новый; первой "
    "возвращается W_in.",
)
@depends("test_one_pass", "test_epochs")
def test_learned(submission, rng):
    members = groups(rng)
    W_in, W_out = trained(submission, grouped(rng, 150, members), WORDS, 8, 2.0, 6, fresh(rng))
    assert_grouped(W_in, members)
    loss = cbow(W_in, W_out, *windows(grouped(rng, 60, members), 2))[0]
    assert loss <= 2.2, f"on new sentences the loss is {loss:.2f}, not at most 2.2"
