"""The hidden suite of L08.cqt."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, hint, points, title
from reference.audio.spectral.constant_q import cqt, cqt_frequencies

from .shared import agree, matrix_of, noise

RATE, BINS, COUNT = 2000.0, 7, 13


def lowest(rng):
    """A frequency whose windows have at most some 190 samples; no quotient is near to a whole number."""
    while True:
        low = float(rng.uniform(105, 140))
        quotients = RATE / cqt_frequencies(low, BINS, COUNT) / (2 ** (1 / BINS) - 1)
        if np.abs(quotients - np.round(quotients)).min() > 1e-6:
            return low


@title(en="Frequencies of the rows", ru="Частоты строк")
@hint(
    en="Neighbours have the same ratio; after `bins` steps the frequency has doubled.",
    ru="Отношение соседних частот одно и то же; через bins шагов частота удваивается.",
)
def test_cqt_frequencies(submission, rng):
    for bins, count in ((12, 25), (5, 9), (1, 4), (24, 1)):
        low = float(rng.uniform(20, 500))
        actual = submission.cqt_frequencies(low, bins, count)
        assert_close(actual, cqt_frequencies(low, bins, count), rtol=1e-9, what="frequencies")


@points(2)
@title(en="Values away from the ends", ru="Значения вдали от краёв")
@hint(
    en="Each row has a window of its own length N_k, and is divided by that N_k; windows lie around t hop.",
    ru="У каждой строки окно своей длины N_k, на это N_k её и делят; окно расположено вокруг t hop.",
)
def test_inside(submission, rng):
    low, hop = lowest(rng), 50
    x = noise(rng, 601)
    actual = matrix_of(submission.cqt(x, RATE, low, BINS, COUNT, hop), COUNT, "result")
    assert actual.shape[1] >= 10, "there are too few columns"
    inside = slice(3, 10)  # the largest window has 190 samples
    agree(actual[:, inside], cqt(x, RATE, low, BINS, COUNT, hop)[:, inside], "columns 3 to 9")


@title(en="Windows that reach beyond the signal", ru="Окна, выходящие за края сигнала")
@hint(
    en="Outside of the signal there are zeros, and N_k stays what it is; the signal may be shorter than any window.",
    ru="За краями сигнала стоят нули, а N_k остаётся прежним; сигнал бывает короче любого окна.",
)
def test_edges(submission, rng):
    low = lowest(rng)
    for n, hop in ((241, 40), (21, 5), (9, 2)):
        x = noise(rng, n)
        agree(submission.cqt(x, RATE, low, BINS, COUNT, hop), cqt(x, RATE, low, BINS, COUNT, hop), "result")


@points("1/4")
@title(en="A length that needs no rounding; half the rate", ru="Длина, которую не нужно округлять; половина частоты")
@hint(
    en="Where Q r / f_k is a whole number, it is N_k; a frequency of exactly rate / 2 is allowed.",
    ru="Если Q r / f_k — целое число, то это и есть N_k; частота ровно rate / 2 допустима.",
)
def test_whole_length(submission, rng):
    for rate in (6.0, 9.0, 2.0):
        x = noise(rng, 12)
        actual = matrix_of(submission.cqt(x, rate, 1.0, 1, 1, 3), 1, "result")
        assert actual.shape[1] >= 3, "there are too few columns"
        agree(actual[:, 2], cqt(x, rate, 1.0, 1, 1, 3)[:, 2], "column 2")


@points("3/4")
@title(en="The number of columns", ru="Число столбцов")
@hint(
    en="There is a column for each of 0, hop, 2 hop, ... that is below n.",
    ru="Столбец есть для каждого из чисел 0, hop, 2 hop, ..., меньших n.",
)
def test_columns(submission, rng):
    low = lowest(rng)
    for n, hop in ((100, 50), (101, 50), (99, 50), (30, 40), (1, 1), (7, 1)):
        actual = submission.cqt(noise(rng, n), RATE, low, BINS, 3, hop)
        assert_array(actual, shape=(3, 1 + (n - 1) // hop), what="result")


@title(en="A tone is strongest in its row", ru="Тон сильнее всего в своей строке")
@hint(
    en="Row k measures the frequency f_k: look at the angle of the exponent, and at Q.",
    ru="Строка k измеряет частоту f_k: посмотрите на угол в показателе и на Q.",
)
def test_cqt_tones(submission, rng):
    low = lowest(rng)
    rows = [int(row) for row in rng.choice(np.arange(1, COUNT - 1), size=3, replace=False)]
    for row in rows:
        f = cqt_frequencies(low, BINS, COUNT)[row]
        x = np.cos(2 * np.pi * f * np.arange(500) / RATE + float(rng.uniform(0, 6)))
        actual = matrix_of(submission.cqt(x, RATE, low, BINS, COUNT, 125), COUNT, "result")
        assert actual.shape[1] >= 3, "there are too few columns"
        assert_equal(int(actual[:, 2].argmax()), row, what="the strongest row")
