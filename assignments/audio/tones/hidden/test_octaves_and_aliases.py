"""The hidden suite of L08.octave and L08.nyquist."""

import numpy as np

from grader.testing import assert_close, assert_equal, hint, points, title
from reference.audio.tones.sampling import alias

INTERVALS = (3 / 2, 4 / 3, 5 / 4, 2**0.5, 2 ** (1 / 12), 15 / 8, 3.0, 5.0, 6.0, 7.0)


def a_frequency(rng):
    return float(rng.uniform(60, 900))


def check(submission, f1, f2, expected, *tolerance):
    for pair in ((f1, f2), (f2, f1)):
        answer = submission.same_note(*pair, *tolerance)
        if isinstance(answer, int | np.integer):  # 0 and 1 are the business of the public tests
            answer = bool(answer)
        assert_equal(answer, expected, what="same_note")


@title(en="The same frequency, an octave, other notes", ru="Та же частота, октава, другие ноты")
@hint(
    en="An octave up is twice the frequency, an octave down half of it; the order of the two does not matter.",
    ru="Октава вверх — вдвое большая частота, вниз — вдвое меньшая; порядок двух частот не важен.",
)
def test_one_octave(submission, rng):
    f = a_frequency(rng)
    for factor in (1.0, 2.0):
        check(submission, f, factor * f, True)
    for factor in INTERVALS[:6]:
        check(submission, f, factor * f, False)


@title(en="Several octaves", ru="Несколько октав")
@hint(
    en="Any power of two will do, and only a power of two: three times the frequency is another note.",
    ru="Годится любая степень двойки и только она: втрое большая частота — другая нота.",
)
def test_several_octaves(submission, rng):
    f = a_frequency(rng)
    for factor in (4.0, 8.0, 16.0):
        check(submission, f, factor * f, True)
    for factor in INTERVALS[6:]:
        check(submission, f, factor * f, False)


@title(en="The tolerance, on both sides of an octave", ru="Допуск с обеих сторон от октавы")
@hint(
    en="The distance to the nearest whole number of octaves counts, whether above or below it; it is 0.01 by default.",
    ru="Важно расстояние до ближайшего целого числа октав, сверху или снизу; по умолчанию допуск 0,01.",
)
def test_tolerance(submission, rng):
    f = a_frequency(rng)
    for octaves in (0, 1, 3):
        for sign in (-1, 1):
            check(submission, f, f * 2 ** (octaves + sign * 0.008), True)
            check(submission, f, f * 2 ** (octaves + sign * 0.012), False)
            check(submission, f, f * 2 ** (octaves + sign * 0.18), True, 0.2)
            check(submission, f, f * 2 ** (octaves + sign * 0.002), False, 0.001)


@points("1/4")
@title(en="A tolerance of 0", ru="Нулевой допуск")
@hint(
    en="A difference equal to the tolerance is within it: two equal frequencies are always the same note.",
    ru="Отличие, равное допуску, ещё допустимо: две равные частоты — всегда одна нота.",
)
def test_no_tolerance(submission, rng):
    f = a_frequency(rng)
    check(submission, f, f, True, 0.0)
    check(submission, f, f * 2**0.001, False, 0.0)


@points("1/2")
@title(en="Very low and very high frequencies", ru="Очень низкие и очень высокие частоты")
@hint(
    en="The tolerance is in octaves: neither in hertz nor in units of the ratio.",
    ru="Допуск измеряется в октавах, а не в герцах и не в единицах отношения.",
)
def test_octaves_not_hertz(submission, rng):
    for f in (0.02 * float(rng.uniform(1, 2)), 3e5 * float(rng.uniform(1, 2))):
        check(submission, f, f * 2**5.005, True)
        check(submission, f, f * 2**4.985, False)
        check(submission, f, f * 2**-0.007, True)


@points("1/2")
@title(en="The Nyquist frequency", ru="Частота Найквиста")
@hint(en="Half of the sampling rate.", ru="Половина частоты дискретизации.")
def test_nyquist(submission, rng):
    for rate in (44100, 8001, float(rng.uniform(10, 1000))):
        assert_close(submission.nyquist(rate), rate / 2, rtol=1e-9, what="Nyquist frequency")


def check_alias(submission, f, rate):
    assert_close(submission.alias(f, rate), alias(f, rate), rtol=0, atol=1e-9 * rate, what="alias")


@points("1/2")
@title(en="Tones below the Nyquist frequency", ru="Тоны ниже частоты Найквиста")
@hint(en="They stay what they are.", ru="Они остаются собой.")
def test_below(submission, rng):
    rate = float(rng.integers(1000, 48000))
    for share in (0.0, *rng.uniform(0.01, 0.49, size=4)):
        check_alias(submission, float(share * rate), rate)


@title(en="Tones up to the sampling rate", ru="Тоны до частоты дискретизации")
@hint(
    en="Above half the rate the alias goes down again as the tone goes up.",
    ru="Выше половины частоты дискретизации слышимая частота убывает, когда тон растёт.",
)
def test_folded(submission, rng):
    rate = float(rng.integers(1000, 48000))
    for share in rng.uniform(0.51, 0.99, size=5):
        check_alias(submission, float(share * rate), rate)


@title(en="Tones beyond the sampling rate", ru="Тоны выше частоты дискретизации")
@hint(
    en="Adding the rate changes no sample: the distance to the nearest multiple of the rate counts.",
    ru="Если прибавить частоту дискретизации, отсчёты не изменятся: важно расстояние до ближайшего её кратного.",
)
def test_beyond(submission, rng):
    rate = float(rng.integers(1000, 48000))
    for share in (1.2, 1.8, 2.3, 2.6, 7.1, 30.9):
        check_alias(submission, float((share + rng.uniform(-0.05, 0.05)) * rate), rate)


@points("1/2")
@title(en="Tones at multiples of half the rate", ru="Тоны на кратных половины частоты дискретизации")
@hint(
    en="A multiple of the rate is heard as 0, halfway between two multiples as half the rate.",
    ru="Кратное частоты дискретизации слышно как 0, а середина между двумя кратными — как её половина.",
)
def test_multiples(submission, rng):
    rate = 2 * int(rng.integers(500, 24000))
    for halves in (0, 1, 2, 3, 4, 5):
        check_alias(submission, halves * rate // 2, rate)
