"""The hidden suite of L08.mfcc."""

import numpy as np

from grader.testing import assert_array, assert_close, hint, points, title
from reference.audio.spectral.mfcc import cepstrum, mfcc

from .shared import agree_but_for_the_last, matrix_of, noise

RATE = 8000.0
RESONANCES = ((400.0, 800.0), (1100.0, 2200.0), (700.0, 3200.0))  # hertz, of three instruments


def powers(rng, rows, columns):
    return np.exp(rng.normal(size=(rows, columns)) * 2)


def check(actual, expected, what="coefficients"):
    assert_close(actual, expected, rtol=1e-8, atol=1e-8, what=what)


def note(rng, resonances, n=320):
    """A note of an instrument, loud or soft: harmonics that are strong where the body resounds, and some noise."""
    frequencies = rng.uniform(110, 200) * np.arange(1, 36)
    places = np.array(resonances) * rng.uniform(0.93, 1.07, size=2)
    strengths = 0.05 + np.exp(-(((frequencies[:, None] - places) / 200) ** 2)).sum(axis=1)
    strengths *= rng.uniform(0.7, 1.3, size=35) * (frequencies < 3800)
    turns = frequencies[:, None] * np.arange(n) / RATE + rng.random((35, 1))
    sound = strengths @ np.cos(2 * np.pi * turns)
    return rng.uniform(0.05, 1) * (sound / np.abs(sound).max() + 0.01 * rng.normal(size=n))


@points(2)
@title(en="The cosine transform of logarithms", ru="Косинусное преобразование логарифмов")
@hint(
    en="The natural logarithm, then an orthonormal DCT-II down each column: frames are not mixed.",
    ru="Натуральный логарифм, затем ортонормированное DCT-II вдоль каждого столбца: кадры не смешиваются.",
)
def test_cepstrum(submission, rng):
    for rows, columns, kept in ((20, 7, 9), (13, 13, 6), (6, 1, 4)):
        mel = powers(rng, rows, columns)
        actual = matrix_of(submission.cepstrum(mel, kept), kept, "coefficients")
        check(actual[1:], cepstrum(mel, kept)[1:], "coefficients after the first")


@points("1/2")
@title(en="The first coefficient", ru="Первый коэффициент")
@hint(
    en="It stays among the coefficients, and its factor is another: sqrt(1 / M).",
    ru="Он остаётся среди коэффициентов, и множитель у него другой: sqrt(1 / M).",
)
def test_first(submission, rng):
    mel = powers(rng, 15, 4)
    actual = assert_array(submission.cepstrum(mel, 5), shape=(5, 4), what="coefficients")
    check(actual[0], cepstrum(mel, 5)[0], "the first coefficients")


@points("1/2")
@title(en="All coefficients, and a single filter", ru="Все коэффициенты и единственный фильтр")
@hint(
    en="n_mfcc may be as large as the number of rows. With one row there is one coefficient, the logarithm itself.",
    ru="n_mfcc бывает равно числу строк. Если строка одна, коэффициент один — сам логарифм.",
)
def test_all(submission, rng):
    for rows in (8, 13, 1):
        mel = powers(rng, rows, 3)
        check(submission.cepstrum(mel, rows), cepstrum(mel, rows))


@title(en="The floor under the logarithm", ru="Порог под логарифмом")
@hint(
    en="max(mel, floor), with 1e-10 as its default: the floor is not added, and what lies above it does not change.",
    ru="max(mel, floor), по умолчанию 1e-10: порог не прибавляют, и значения выше него не меняются.",
)
def test_floor(submission, rng):
    mel = powers(rng, 10, 6)
    mel[rng.random((10, 6)) < 0.3] = 0.0
    mel[0] = 1e-11, 0.0, 3e-10, 1e-12, 0.05, 0.2
    check(submission.cepstrum(mel, 6), cepstrum(mel, 6))
    for floor in (0.1, 2.0):
        check(submission.cepstrum(mel, 6, floor), cepstrum(mel, 6, floor))


@points("1/4")
@title(en="Thirteen coefficients unless others are asked for", ru="Тринадцать коэффициентов, если не сказано иное")
@hint(en="Look at the default of n_mfcc.", ru="Посмотрите на значение n_mfcc по умолчанию.")
def test_default_number(submission, rng):
    assert_array(submission.cepstrum(powers(rng, 16, 2)), shape=(13, 2), what="coefficients")


@title(en="MFCC of a signal", ru="MFCC сигнала")
@hint(
    en="The mel spectrogram, and the coefficients of its logarithm.",
    ru="Мел-спектрограмма, а затем коэффициенты её логарифма.",
)
def test_mfcc(submission, rng):
    x = noise(rng, 256 + 4 * 100)
    actual = submission.mfcc(x, RATE, 256, 100, 14, 8)
    agree_but_for_the_last(actual, mfcc(x, RATE, 256, 100, 14, 8), "coefficients", check)


@points("1/4")
@title(en="MFCC without n_mels, n_mfcc and floor", ru="MFCC без n_mels, n_mfcc и floor")
@hint(en="40 filters, 13 coefficients, 1e-10.", ru="40 фильтров, 13 коэффициентов, 1e-10.")
def test_defaults(submission):
    x = np.zeros(512)
    agree_but_for_the_last(submission.mfcc(x, RATE, 256, 128), mfcc(x, RATE, 256, 128), "coefficients", check)


@points("1/4")
@title(en="MFCC of silence", ru="MFCC тишины")
@hint(
    en="The floor makes them finite, and it is the one that was asked for.",
    ru="Порог делает их конечными, и порог берётся тот, который задан.",
)
def test_silence(submission):
    x = np.zeros(400)
    actual = submission.mfcc(x, RATE, 128, 64, 20, 5, 1e-4)
    agree_but_for_the_last(actual, mfcc(x, RATE, 128, 64, 20, 5, 1e-4), "coefficients", check)


@points("3/2")
@title(en="Three instruments are told apart", ru="Три инструмента различаются")
@hint(
    en="Notes are loud and soft, which may change the first coefficient alone: look at the logarithm, and at the axis.",
    ru="Ноты бывают громкие и тихие, и меняться от этого должен только первый коэффициент: проверьте логарифм и ось.",
)
def test_instruments(submission, rng):
    def features(resonances, count):
        actual = [submission.mfcc(note(rng, resonances), RATE, 128, 64, 20, 13) for _ in range(count)]
        return np.array([matrix_of(one, 13, "coefficients")[1:].mean(axis=1) for one in actual])  # (count, 12)

    means = np.array([features(resonances, 6).mean(axis=0) for resonances in RESONANCES])
    right = 0
    for number, resonances in enumerate(RESONANCES):
        distances = np.linalg.norm(features(resonances, 8)[:, None] - means, axis=2)
        right += int((distances.argmin(axis=1) == number).sum())
    assert right >= 0.9 * 24, f"only {right} of 24 notes are told right"
