"""The transforms against scipy.fft, cases by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.fft

from reference.audio.fourier import dft, fft, frequencies, ifft

LENGTHS = [1, 2, 3, 4, 5, 7, 8, 12, 13, 16, 31, 64, 97, 100, 127, 128, 1000, 1009, 1024]


@pytest.mark.parametrize("n", LENGTHS)
@pytest.mark.parametrize("kind", ["real", "complex"])
def test_against_scipy(n, kind):
    rng = np.random.default_rng(n)
    x = rng.normal(size=n) + (1j * rng.normal(size=n) if kind == "complex" else 0)
    expected = scipy.fft.fft(x)
    scale = np.abs(expected).max()
    for transform in (dft, fft):
        np.testing.assert_allclose(transform(x), expected, rtol=0, atol=1e-11 * scale, strict=True)
    np.testing.assert_allclose(ifft(x), scipy.fft.ifft(x), rtol=0, atol=1e-12 * scale, strict=True)
    np.testing.assert_allclose(ifft(fft(x)), x, rtol=0, atol=1e-12 * scale)


@pytest.mark.parametrize("n", LENGTHS)
def test_frequencies_against_scipy(n):
    np.testing.assert_allclose(frequencies(n, 44100.0), scipy.fft.fftfreq(n, 1 / 44100), rtol=1e-14, strict=True)


def test_by_hand():
    np.testing.assert_allclose(fft([1, 2, 3, 4]), [10, -2 + 2j, -2, -2 - 2j], atol=1e-14)
    np.testing.assert_allclose(dft([1, 1, 1]), [3, 0, 0], atol=1e-14)
    assert frequencies(5, 10).tolist() == [0, 2, 4, -4, -2]
    assert frequencies(4, 8).tolist() == [0, 2, -4, -2]


def test_a_tone_peaks_at_its_frequency():
    rate, n, tone = 8000.0, 1000, 440.0
    spectrum = np.abs(fft(np.sin(2 * np.pi * tone * np.arange(n) / rate)))
    assert abs(frequencies(n, rate)[spectrum.argmax()]) == tone


def test_energy_is_kept():
    x = np.random.default_rng(0).normal(size=77)
    assert np.isclose((np.abs(fft(x)) ** 2).sum() / 77, (x**2).sum())


def test_large_prime_length_keeps_its_digits():
    n = 65537
    x = np.random.default_rng(1).normal(size=n)
    expected = scipy.fft.fft(x)
    assert np.abs(fft(x) - expected).max() < 1e-11 * np.abs(expected).max()


def test_arguments_stay_and_bad_ones_are_named():
    x = np.arange(6.0)
    for transform in (dft, fft, ifft):
        transform(x)
        for bad in (np.zeros(0), np.zeros((2, 2)), 3.0):
            with pytest.raises(ValueError, match="must be a vector"):
                transform(bad)
    assert x.tolist() == [0, 1, 2, 3, 4, 5]
    with pytest.raises(ValueError, match="n must"):
        frequencies(0, 1)
    with pytest.raises(ValueError, match="rate must"):
        frequencies(4, 0)
