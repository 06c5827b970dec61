"""The hidden suite of the Fourier transform."""

import numpy as np
import pytest

from grader.testing import assert_close, assert_scaling, call_unchanged, depends, hint, limit, points, title
from reference.audio.fourier import dft, fft, frequencies, ifft


def noise(rng, n, *, real=False):
    return rng.normal(size=n) + (0 if real else 1j * rng.normal(size=n))


def agree(actual, expected, what):
    assert_close(actual, expected, rtol=0, atol=1e-10 * float(np.abs(expected).max() + 1e-300), what=what)


def same_growth(submission, rng, *, sizes, tolerance, factor):
    """What must pass and fail, with room, are accepted/ and the quadratic mutants: `grader verify --json` tells it."""
    assert_scaling(
        submission.fft,
        fft,
        lambda n: (noise(rng, n),),
        sizes=sizes,
        tolerance=tolerance,
        factor=factor,
        check=lambda actual, expected: agree(actual, expected, "fft"),
        what="fft",
    )


@points(2)
@title(en="By definition, complex signals", ru="По определению, комплексные сигналы")
@hint(en="Look at the sign in the exponent, and at its 2.", ru="Посмотрите на знак и на двойку в показателе.")
def test_dft(submission, rng):
    for n in (5, 8, 13):
        x = noise(rng, n)
        agree(submission.dft(x), dft(x), "dft")


@title(en="By definition, real signals", ru="По определению, вещественные сигналы")
@hint(en="The result of a real signal is complex.", ru="Результат для вещественного сигнала — комплексный.")
def test_dft_real(submission, rng):
    x = noise(rng, 11, real=True)
    agree(submission.dft(x), dft(x), "dft")


@points(2)
@title(en="Fast, powers of two", ru="Быстро, степени двойки")
@hint(en="Check n = 2 and n = 4 by hand.", ru="Проверьте n = 2 и n = 4 вручную.")
def test_powers_of_two(submission, rng):
    for n in (2, 4, 16, 64):
        x = noise(rng, n)
        agree(submission.fft(x), fft(x), "fft")


@points(2)
@depends("test_powers_of_two")
@title(en="Fast, other lengths", ru="Быстро, другие длины")
@hint(
    en="Zeros at the end of the signal change its transform: only the convolution may be padded.",
    ru="Нули в конце сигнала меняют его преобразование: дополнять можно только свёртку.",
)
def test_other_lengths(submission, rng):
    for n in (3, 6, 12, 31, 100):
        x = noise(rng, n)
        agree(submission.fft(x), fft(x), "fft")


@depends("test_other_lengths")
@title(en="A long signal of prime length keeps its digits", ru="Длинный сигнал простой длины не теряет цифр")
@hint(en="j^2 grows large before it is multiplied by pi / n.", ru="j^2 становится большим ещё до умножения на pi / n.")
def test_long_prime(submission, rng):
    x = noise(rng, 5003)
    agree(submission.fft(x), fft(x), "fft")


@title(en="One sample", ru="Один отсчёт")
@hint(en="The transform of one sample is that sample.", ru="Преобразование одного отсчёта — он сам.")
def test_one_sample(submission, rng):
    x = noise(rng, 1)
    agree(submission.fft(x), x, "fft")
    agree(submission.ifft(x), x, "ifft")


@points(3)
@limit(seconds=60)
@depends("test_powers_of_two")
@title(en="Cost at powers of two", ru="Затраты на степенях двойки")
@hint(
    en="The time of fft grows like n^2 where n log n is asked for.", ru="Время fft растёт как n^2, а требуется n log n."
)
def test_cost(submission, rng):
    same_growth(submission, rng, sizes=(512, 16384, 65536), tolerance=9, factor=220)


@points(2)
@limit(seconds=60)
@depends("test_other_lengths")
@title(en="Cost at prime lengths", ru="Затраты на простых длинах")
@hint(en="A slow way is taken where n is no power of two.", ru="Когда n — не степень двойки, выбран медленный путь.")
def test_cost_of_primes(submission, rng):
    # The smallest lies just above a half of a power of two and the others just below one: with the padding of a
    # convolution the fast way then grows less, and a slow one stands out.
    same_growth(submission, rng, sizes=(1031, 16381, 32749), tolerance=4, factor=120)


@points(2)
@title(en="The inverse", ru="Обратное преобразование")
@hint(en="The other sign, and 1/n.", ru="Другой знак и множитель 1/n.")
def test_ifft(submission, rng):
    for n in (7, 16, 30):
        y = noise(rng, n)
        agree(submission.ifft(y), ifft(y), "ifft")


@depends("test_powers_of_two")
@title(en="There and back again", ru="Туда и обратно")
@hint(en="ifft(fft(x)) is x.", ru="ifft(fft(x)) — это x.")
def test_round_trip(submission, rng):
    x = noise(rng, 48)
    agree(submission.ifft(submission.fft(x)), x, "ifft(fft(x))")


@points(2)
@title(en="Frequencies", ru="Частоты")
@hint(en="Odd n and even n differ in the middle.", ru="Чётное и нечётное n различаются в середине.")
def test_frequencies(submission, rng):
    rate = float(rng.integers(1000, 48000))
    for n, per_second in ((1, rate), (2, rate), (5, rate), (8, rate), (31, rate), (12, 0.25)):
        found = submission.frequencies(n, per_second)
        assert_close(found, frequencies(n, per_second), rtol=1e-12, atol=1e-12 * per_second, what="frequencies")


@title(en="Arguments: unchanged, and bad ones refused", ru="Аргументы: не меняются, неверные отвергаются")
@hint(
    en="ValueError with the argument's name; work on a copy.", ru="ValueError с именем аргумента; работайте с копией."
)
def test_arguments(submission, rng):
    x = noise(rng, 8)
    agree(call_unchanged(submission.fft, x), fft(x), "fft")
    for bad in (np.zeros(0), np.zeros((2, 2))):
        for function, name in ((submission.dft, "x"), (submission.fft, "x"), (submission.ifft, "y")):
            with pytest.raises(ValueError, match=name):
                function(bad)
    with pytest.raises(ValueError, match="n"):
        submission.frequencies(0, 8.0)
    with pytest.raises(ValueError, match="rate"):
        submission.frequencies(4, 0.0)
