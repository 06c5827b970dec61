"""The hidden suite of L08.spectrogram."""

import numpy as np

from grader.testing import assert_array, assert_equal, hint, points, title
from reference.audio.spectral.spectrogram import spectrogram

from .shared import agree, agree_but_for_the_last, noise, three

WINDOWS = ((64, 32, 9), (40, 13, 6), (128, 100, 4))  # window, hop, frames


@points(2)
@title(en="Powers", ru="Мощности")
@hint(
    en="The Hann window is periodic: N is in the denominator, not N - 1. Powers are squares, and nothing scales them.",
    ru="Окно Ханна периодическое: в знаменателе N, а не N - 1. Мощность — квадрат модуля, и её ни на что не делят.",
)
def test_power(submission, rng):
    for window, hop, frames in WINDOWS:
        x = noise(rng, window + hop * (frames - 1))
        power = three(submission.spectrogram(x, 8000.0, window, hop))[2]
        agree_but_for_the_last(power, spectrogram(x, 8000.0, window, hop)[2], "power")


@points("1/2")
@title(en="Frequencies of the rows", ru="Частоты строк")
@hint(
    en="k r / N with the window's length N: here from 0 to half the rate, both among them.",
    ru="k r / N, где N — длина окна: здесь от 0 до половины частоты дискретизации, обе включены.",
)
def test_frequencies(submission, rng):
    for window, hop, frames in WINDOWS:
        rate = float(rng.integers(1000, 48000))
        x = noise(rng, window + hop * (frames - 1))
        actual = three(submission.spectrogram(x, rate, window, hop))[0]
        agree(actual, np.arange(window // 2 + 1) * rate / window, "frequencies")


@title(en="Times of the columns", ru="Моменты времени столбцов")
@hint(
    en="The time of a frame is that of its middle, in seconds.", ru="Время кадра — это время его середины, в секундах."
)
def test_times(submission, rng):
    for window, hop, frames in (*WINDOWS, (33, 8, 5)):
        rate = float(rng.integers(1000, 48000))
        x = noise(rng, window + hop * (frames - 1))
        actual = three(submission.spectrogram(x, rate, window, hop))[1]
        agree_but_for_the_last(actual, (np.arange(frames) * hop + window / 2) / rate, "times")


@points("1/2")
@title(en="Windows of odd length, and of two samples", ru="Окна нечётной длины и из двух отсчётов")
@hint(
    en="There are window // 2 + 1 rows; at odd lengths half the rate is not among their frequencies.",
    ru="Строк window // 2 + 1; при нечётной длине половины частоты дискретизации среди их частот нет.",
)
def test_odd_windows(submission, rng):
    for window, hop, frames in ((33, 11, 5), (3, 1, 7), (2, 1, 4)):
        x = noise(rng, window + hop * (frames - 1))
        frequencies, _, power = three(submission.spectrogram(x, 1000.0, window, hop))
        agree(frequencies, np.arange(window // 2 + 1) * 1000.0 / window, "frequencies")
        assert_array(power, shape=(window // 2 + 1, None), what="power")


@title(en="Samples that fill no frame", ru="Отсчёты, которых не хватает на кадр")
@hint(
    en="Only whole frames count: nothing is padded, neither at the end nor at the beginning.",
    ru="Учитываются только целые кадры: сигнал не дополняют ни в конце, ни в начале.",
)
def test_rest(submission, rng):
    for n, window, hop in ((101, 32, 16), (95, 32, 32), (79, 40, 13), (80, 40, 20)):
        power = three(submission.spectrogram(noise(rng, n), 1000.0, window, hop))[2]
        assert_array(power, shape=(window // 2 + 1, 1 + (n - window) // hop), what="power")


@points("1/2")
@title(en="One frame, and gaps between frames", ru="Один кадр и промежутки между кадрами")
@hint(
    en="A signal as long as the window has one frame. The hop may be larger than the window.",
    ru="В сигнале длиной с окно ровно один кадр. Сдвиг может быть больше окна.",
)
def test_few_frames(submission, rng):
    power = three(submission.spectrogram(noise(rng, 32), 1000.0, 32, 5))[2]
    assert_array(power, shape=(17, 1), what="power of one frame")
    pattern, loudness = noise(rng, 8), rng.uniform(1, 3, size=5)
    x = noise(rng, 88)
    for number, factor in enumerate(loudness):  # the frames differ in their loudness alone, and by a gap of 12 samples
        x[20 * number : 20 * number + 8] = factor * pattern
    power = assert_array(three(submission.spectrogram(x, 1000.0, 8, 20))[2], shape=(5, 5), what="power with gaps")
    expected = np.outer(power[:, 0], (loudness / loudness[0]) ** 2)
    agree(power, expected, "power with gaps")


@title(en="A tone is strongest in its row", ru="Тон сильнее всего в своей строке")
@hint(
    en="Rows are frequencies from the lowest, columns are frames in the order of time.",
    ru="Строки — частоты от нижней к верхней, столбцы — кадры в порядке времени.",
)
def test_tones(submission, rng):
    rate, window, hop = 8000.0, 128, 64
    rows = rng.choice(np.arange(4, 60), size=3, replace=False)  # one tone after the other, three frames each
    times = np.arange(4 * hop) / rate
    x = np.concatenate([np.cos(2 * np.pi * (row * rate / window) * times + 1) for row in rows])
    power = assert_array(three(submission.spectrogram(x, rate, window, hop))[2], shape=(65, None), what="power")
    peaks = np.asarray(power).argmax(axis=0)
    places = [(4 * hop * tone + hop * frame) // hop for tone in range(3) for frame in range(3)]
    assert peaks.shape[0] > max(places), "there are too few frames"
    assert_equal([int(peaks[place]) for place in places], [int(row) for row in rows for _ in range(3)], what="peaks")
