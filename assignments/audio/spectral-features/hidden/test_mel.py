"""The hidden suite of L08.mel."""

import numpy as np

from grader.testing import assert_array, assert_close, each, hint, points, title
from reference.audio.spectral.mel import hz_to_mel, mel_filters, mel_spectrogram, mel_to_hz

from .shared import agree_but_for_the_last, noise

SCALES = {"hz_to_mel": hz_to_mel, "mel_to_hz": mel_to_hz}
TOP = {"hz_to_mel": 22050.0, "mel_to_hz": 3923.0}


@each(SCALES, worth=1, en="The mel scale: {name}", ru="Мел-шкала: {name}")
@hint(
    en="1125 and 700, and the natural logarithm; mel_to_hz undoes hz_to_mel.",
    ru="1125 и 700, логарифм натуральный; mel_to_hz обратна к hz_to_mel.",
)
def test_scale(submission, rng, name):
    values = np.append(0.0, rng.uniform(1e-3, TOP[name], size=20))
    assert_close(getattr(submission, name)(values), SCALES[name](values), rtol=1e-9, atol=1e-9, what=name)


@each(SCALES, worth="1/4", en="Numbers and matrices: {name}", ru="Числа и матрицы: {name}")
@hint(en="The result has the shape of the argument.", ru="Форма результата — та же, что у аргумента.")
def test_scale_shapes(submission, rng, name):
    function, number = getattr(submission, name), float(rng.uniform(100, 3000))
    assert_close(function(number), float(SCALES[name](number)), rtol=1e-9, what=f"{name} of a number")
    table = rng.uniform(100, 3000, size=(2, 3))
    assert_close(function(table), SCALES[name](table), rtol=1e-9, what=f"{name} of a matrix")
    whole = rng.integers(100, 3000, size=4)
    assert_close(function(whole), SCALES[name](whole), rtol=1e-9, what=f"{name} of whole numbers")


@points(2)
@title(en="Triangular filters from 0 to half the rate", ru="Треугольные фильтры от 0 до половины частоты дискретизации")
@hint(
    en="n_mels + 2 corners with equal steps in mel; between corners the weights are linear in hertz, and the top is 1.",
    ru="Углов n_mels + 2, с равным шагом в мелах; между углами веса линейны по частоте в герцах, вершина равна 1.",
)
def test_filters(submission, rng):
    for window, n_mels in ((256, 12), (512, 20), (64, 1)):
        rate = float(2 * rng.integers(4000, 11000) + 1)
        actual = submission.mel_filters(rate, window, n_mels)
        assert_close(actual, mel_filters(rate, window, n_mels), rtol=0, atol=1e-9, what="filters")


@title(en="Filters between low and high", ru="Фильтры между low и high")
@hint(
    en="low and high are in hertz, and corners themselves: no filter lets through what lies beyond.",
    ru="low и high заданы в герцах и сами служат углами: за ними фильтры ничего не пропускают.",
)
def test_range(submission, rng):
    low, high = float(rng.uniform(50, 400)), float(rng.uniform(2000, 3900))
    for bounds in ((low, high), (low,), (0.0, high)):
        actual = submission.mel_filters(8000.0, 256, 9, *bounds)
        assert_close(actual, mel_filters(8000.0, 256, 9, *bounds), rtol=0, atol=1e-9, what="filters")


@points("1/2")
@title(en="Filters for windows of odd length", ru="Фильтры для окон нечётной длины")
@hint(
    en="The columns are the frequencies of the spectrogram, k rate / window, window // 2 + 1 of them.",
    ru="Столбцы — частоты спектрограммы k rate / window, их window // 2 + 1.",
)
def test_filters_of_odd_windows(submission, rng):
    rate = float(rng.integers(8000, 22050))
    for window in (101, 33):
        assert_close(
            submission.mel_filters(rate, window, 6), mel_filters(rate, window, 6), rtol=0, atol=1e-9, what="filters"
        )


@points("1/2")
@title(en="Filters narrower than the step of the frequencies", ru="Фильтры уже шага частот")
@hint(
    en="A triangle with no frequency inside is a row of zeros: nothing is rounded, moved or divided by.",
    ru="Треугольник, внутри которого нет частот, — строка нулей: углы не округляют и не сдвигают, строки не нормируют.",
)
def test_narrow(submission, rng):
    rate = float(rng.integers(8000, 16000))
    assert_close(submission.mel_filters(rate, 32, 40), mel_filters(rate, 32, 40), rtol=0, atol=1e-9, what="filters")


@title(en="The mel spectrogram", ru="Мел-спектрограмма")
@hint(
    en="The filters from 0 to rate / 2, applied to the powers of each column.",
    ru="Фильтры от 0 до rate / 2 применяются к мощностям каждого столбца.",
)
def test_mel_spectrogram(submission, rng):
    x = noise(rng, 128 + 5 * 48)
    actual = submission.mel_spectrogram(x, 8000.0, 128, 48, 10)
    agree_but_for_the_last(actual, mel_spectrogram(x, 8000.0, 128, 48, 10), "result")


@points("1/4")
@title(en="Forty filters unless others are asked for", ru="Сорок фильтров, если не сказано иное")
@hint(en="Look at the default of n_mels.", ru="Посмотрите на значение n_mels по умолчанию.")
def test_forty_filters(submission, rng):
    assert_array(submission.mel_spectrogram(noise(rng, 1024), 16000.0, 512, 256), shape=(40, None), what="result")
