"""The public tests of the Fourier transform: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, title

X = np.array([1.0, 2.0, 3.0, 4.0])
Y = np.array([10, -2 + 2j, -2, -2 - 2j])


@title(en="The example of the statement, by definition", ru="Пример из условия, по определению")
def test_dft(submission):
    assert_close(submission.dft(X), Y, atol=1e-12)


@title(en="The example of the statement, fast", ru="Пример из условия, быстро")
def test_fft(submission):
    assert_close(submission.fft(X), Y, atol=1e-12)


@title(en="Three equal samples", ru="Три одинаковых отсчёта")
def test_length_three(submission):
    assert_close(submission.fft(np.ones(3)), np.array([3, 0, 0], dtype=complex), atol=1e-12)


@title(en="Back to the signal", ru="Обратно к сигналу")
def test_ifft(submission):
    assert_close(submission.ifft(Y), X.astype(complex), atol=1e-12)


@title(en="Frequencies of five and of four coefficients", ru="Частоты пяти и четырёх коэффициентов")
def test_frequencies(submission):
    assert_close(submission.frequencies(5, 10.0), np.array([0.0, 2, 4, -4, -2]), atol=1e-12)
    assert_close(submission.frequencies(4, 8.0), np.array([0.0, 2, -4, -2]), atol=1e-12)
