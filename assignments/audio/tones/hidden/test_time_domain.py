"""The hidden suite of L08.time."""

import numpy as np

from grader.testing import assert_array, assert_close, each, hint, points, title
from reference.audio.tones.time_domain import envelope, mono, rms, summary, zero_crossing_rate

BY_FRAMES = {"envelope": envelope, "rms": rms, "zero_crossing_rate": zero_crossing_rate}
SIZES = ((56, 8, 8), (50, 10, 4), (47, 7, 5))  # samples, frame, hop: no sample is left


def signal(rng, n):
    """Noise around a line below zero: the largest values are negative."""
    return rng.normal(size=n) - 0.4


def check(submission, name, *arguments):
    """All frames."""
    expected = BY_FRAMES[name](*arguments)
    assert_close(getattr(submission, name)(*arguments), expected, rtol=1e-9, atol=1e-12, what=name)


def check_values(submission, name, *arguments):
    """All frames but the last: how many there are is the business of other tests."""
    expected = BY_FRAMES[name](*arguments)[:-1]
    actual = assert_array(getattr(submission, name)(*arguments), shape=(None,), what=name)
    assert len(actual) >= len(expected), "there are too few frames"
    assert_close(actual[: len(expected)], expected, rtol=1e-9, atol=1e-12, what=name)


@title(en="The mean of the channels", ru="Среднее по каналам")
@hint(
    en="Channels are columns; there may be one, two or more.",
    ru="Каналы — столбцы; их бывает один, два и больше.",
)
def test_mono(submission, rng):
    for channels in (2, 1, 6):
        x = rng.normal(size=(9, channels))
        assert_close(submission.mono(x), mono(x), rtol=1e-9, atol=1e-12, what="mono")


@points("3/2")
@title(en="Envelopes", ru="Огибающие")
@hint(
    en="The largest absolute value in each frame: a trough is as loud as a crest.",
    ru="Наибольшее по модулю значение в кадре: впадина так же громка, как и гребень.",
)
def test_envelope(submission, rng):
    for n, frame, hop in SIZES:
        check_values(submission, "envelope", signal(rng, n), frame, hop)


@points("3/2")
@title(en="Root mean squares", ru="Среднеквадратичные значения")
@hint(
    en="Squares, their mean over the frame, and the root of that; nothing is subtracted before.",
    ru="Квадраты, их среднее по кадру, корень из него; перед этим ничего не вычитается.",
)
def test_rms(submission, rng):
    for n, frame, hop in SIZES:
        check_values(submission, "rms", signal(rng, n), frame, hop)


@points("3/2")
@title(en="Zero crossings", ru="Переходы через ноль")
@hint(
    en="Neighbours within one frame that differ in sign, each counted once; their number is divided by `frame`.",
    ru="Считаются соседи с разными знаками внутри одного кадра, каждый переход один раз; число делится на frame.",
)
def test_zero_crossings(submission, rng):
    for n, frame, hop in SIZES:
        check_values(submission, "zero_crossing_rate", signal(rng, n), frame, hop)


@points("1/2")
@title(en="Crossings through samples that are 0", ru="Переходы через отсчёты, равные нулю")
@hint(
    en="The sign of 0 is plus: -1, 0, -1 crosses twice, and 1, 0, 1 does not.",
    ru="Знак нуля — плюс: в -1, 0, -1 два перехода, в 1, 0, 1 их нет.",
)
def test_zeros(submission, rng):
    x = rng.integers(-1, 2, size=60).astype(float)
    x[:9] = 0, -1, 0, -1, 0, 1, 0, 1, -1
    check_values(submission, "zero_crossing_rate", x, 12, 8)


@each(BY_FRAMES, worth="1/4", en="Samples that fill no frame: {name}", ru="Отсчёты, которых не хватает на кадр: {name}")
@hint(
    en="Only whole frames count, and all of them: there are 1 + (n - frame) // hop.",
    ru="Учитываются только целые кадры, зато все: их 1 + (n - frame) // hop.",
)
def test_rest(submission, rng, name):
    for n, frame, hop in ((53, 8, 8), (52, 10, 4), (29, 9, 10), (38, 9, 10)):
        actual = getattr(submission, name)(signal(rng, n), frame, hop)
        assert_array(actual, shape=(1 + (n - frame) // hop,), what=name)


@each(BY_FRAMES, worth="1/4", en="One frame, one sample, gaps: {name}", ru="Один кадр, один отсчёт, промежутки: {name}")
@hint(
    en="A frame may be the whole signal or a single sample; the hop may be larger than the frame.",
    ru="Кадр бывает длиной во весь сигнал или в один отсчёт; сдвиг бывает больше кадра.",
)
def test_few(submission, rng, name):
    for n, frame, hop in ((9, 9, 4), (1, 1, 1), (12, 1, 1), (33, 5, 14)):
        check(submission, name, signal(rng, n), frame, hop)


OF_SAMPLES = {"mono": mono, **BY_FRAMES}


@each(OF_SAMPLES, worth="1/4", en="Samples of 16 bits: {name}", ru="16-битные отсчёты: {name}")
@hint(
    en="Sums, squares and -(-32768) do not fit into 16 bits: turn samples into floats first.",
    ru="Суммы, квадраты и -(-32768) не помещаются в 16 бит: сначала переведите отсчёты в float.",
)
def test_whole_numbers(submission, rng, name):
    x = (rng.integers(20000, 32700, size=24) * rng.choice([-1, 1], size=24)).astype(np.int16)
    x[[3, 10, 17]] = -32768
    arguments = (x.reshape(8, 3),) if name == "mono" else (x, 6, 3)
    actual = assert_array(getattr(submission, name)(*arguments), shape=(None,), what=name)
    expected = OF_SAMPLES[name](*arguments)[:6]
    assert_close(actual[:6], expected, rtol=1e-9, atol=1e-9, what=f"the first six values of {name}")


@points("3/2")
@title(en="Means and deviations over time", ru="Средние и отклонения по времени")
@hint(
    en="All means first, then all deviations; a feature is a column. Divide the variance by the number of frames.",
    ru="Сначала все средние, затем все отклонения; признак — это столбец. Дисперсия делится на число кадров.",
)
def test_summary(submission, rng):
    for frames, k in ((7, 3), (4, 4), (20, 1)):
        table = rng.normal(size=(frames, k)) * 3 + 1
        assert_close(submission.summary(table), summary(table), rtol=1e-9, atol=1e-12, what="summary")


@points("1/4")
@title(en="One frame, and equal frames", ru="Один кадр и одинаковые кадры")
@hint(
    en="Their deviations are 0 but for rounding: look at the divisor, and at roots of what may fall below 0.",
    ru="Отклонения равны 0 с точностью до округления: проверьте делитель и не извлекается ли корень из отрицательного.",
)
def test_equal_frames(submission, rng):
    for frames in (1, 7):
        table = np.tile(rng.normal(size=30), (frames, 1))
        assert_close(submission.summary(table), summary(table), rtol=1e-9, atol=1e-6, what="summary")
