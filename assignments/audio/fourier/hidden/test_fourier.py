"""The hidden suite of the Fourier transform."""

import numpy as np

from grader.testing import (
    assert_close,
    assert_refused,
    assert_scaling,
    call_unchanged,
    depends,
    each,
    hint,
    limit,
    points,
    title,
)
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
        for x in (noise(rng, n), noise(rng, n, real=True)):
            agree(submission.fft(x), fft(x), "fft")


@points(2)
@title(en="Fast, other lengths", ru="Быстро, другие длины")
@hint(
    en="Zeros at the end of the signal change its transform: only the convolution may be padded.",
    ru="Нули в конце сигнала меняют его преобразование: дополнять можно только свёртку.",
)
def test_other_lengths(submission, rng):
    for n in (3, 6, 12, 31, 100):
        for x in (noise(rng, n), noise(rng, n, real=True)):
            agree(submission.fft(x), fft(x), "fft")


@depends("test_other_lengths")
@title(en="A long signal of prime length keeps its digits", ru="Длинный сигнал простой длины не теряет цифр")
@hint(en="j^2 grows large before it is multiplied by pi / n.", ru="j^2 становится большим ещё до умножения на pi / n.")
def test_long_prime(submission, rng):
    x = noise(rng, 5003)
    agree(submission.fft(x), fft(x), "fft")


@points("1/2")
@title(en="One sample, and whole numbers", ru="Один отсчёт и целые числа")
@hint(
    en="The transform of one sample is that sample. Samples may be ints; the result is complex.",
    ru="Преобразование одного отсчёта — он сам. Отсчёты бывают целыми; результат — комплексный.",
)
def test_one_sample(submission, rng):
    x = noise(rng, 1)
    agree(submission.fft(x), x, "fft")
    for n in (1, 4, 5):
        whole = rng.integers(-9, 10, size=n)
        agree(submission.fft(whole), fft(whole), "fft of whole numbers")


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


@points("1/2")
@title(en="The inverse: one sample, and whole numbers", ru="Обратное преобразование: один отсчёт и целые числа")
@hint(
    en="The transform of one sample is that sample. Values may be ints; the result is complex.",
    ru="Преобразование одного отсчёта — он сам. Значения бывают целыми; результат — комплексный.",
)
def test_ifft_of_one(submission, rng):
    x = noise(rng, 1)
    agree(submission.ifft(x), x, "ifft")
    for n in (1, 4, 5):
        whole = rng.integers(-9, 10, size=n)
        agree(submission.ifft(whole), ifft(whole), "ifft of whole numbers")


@title(en="There and back again", ru="Туда и обратно")
@hint(en="ifft of the transform of x is x.", ru="ifft от преобразования x — это x.")
def test_round_trip(submission, rng):
    for n in (48, 997, 1024):
        x = noise(rng, n)
        agree(submission.ifft(fft(x)), x, "ifft of the transform of x")


@points(2)
@title(en="Frequencies", ru="Частоты")
@hint(en="Odd n and even n differ in the middle.", ru="Чётное и нечётное n различаются в середине.")
def test_frequencies(submission, rng):
    rate = float(rng.integers(1000, 48000))
    for n, per_second in ((1, rate), (2, rate), (5, rate), (8, rate), (31, rate), (12, 0.25)):
        found = submission.frequencies(n, per_second)
        assert_close(found, frequencies(n, per_second), rtol=1e-12, atol=1e-12 * per_second, what="frequencies")


NOT_VECTORS = (np.zeros(0), np.zeros((2, 2)))
# the function: for each bad call the name that the error must tell, and the arguments
REFUSED = {
    "dft": [("x", bad) for bad in NOT_VECTORS],
    "fft": [("x", bad) for bad in NOT_VECTORS],
    "ifft": [("y", bad) for bad in NOT_VECTORS],
    "frequencies": [("n", 0, 8.0), ("rate", 4, 0.0), ("rate", 4, -1.0)],
}


@each(REFUSED, worth="1/5", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


@each(
    ("dft", "fft", "ifft"), worth="1/15", en="The argument stays as it was: {name}", ru="Аргумент не меняется: {name}"
)
@hint(en="Work on a copy.", ru="Работайте с копией.")
def test_unchanged(submission, rng, name):
    for n in (6, 8):
        call_unchanged(getattr(submission, name), noise(rng, n))
