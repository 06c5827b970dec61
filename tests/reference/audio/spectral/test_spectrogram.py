"""The spectrogram against scipy.signal, by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.signal

from reference.audio.spectral.spectrogram import hann, spectrogram


@pytest.mark.parametrize(("n", "window", "hop"), [(400, 64, 32), (401, 64, 48), (90, 33, 7), (50, 50, 1)])
def test_as_scipy(n, window, hop):
    """scipy folds the negative frequencies onto the others and divides by the window's sum; both are undone."""
    x = np.random.default_rng(n).normal(size=n) + 2.0
    weights = scipy.signal.get_window("hann", window)
    f, t, folded = scipy.signal.spectrogram(
        x, 1000.0, weights, noverlap=window - hop, detrend=False, scaling="spectrum", mode="psd"
    )
    frequencies, times, power = spectrogram(x, 1000.0, window, hop)
    folded[1 : (window + 1) // 2] /= 2
    np.testing.assert_allclose(frequencies, f, rtol=1e-12)
    np.testing.assert_allclose(times, t, rtol=1e-12)
    np.testing.assert_allclose(power, folded * weights.sum() ** 2, rtol=1e-9, atol=1e-9)


def test_hop_beyond_the_window():
    x = np.random.default_rng(0).normal(size=200)
    expected = [scipy.fft.rfft(x[begin : begin + 16] * hann(16)) for begin in (0, 40, 80, 120, 160)]
    np.testing.assert_allclose(spectrogram(x, 1.0, 16, 40)[2], np.abs(expected).T ** 2, rtol=1e-9, atol=1e-9)


def test_window_as_scipy():
    for n in (2, 3, 8, 9):
        np.testing.assert_allclose(hann(n), scipy.signal.get_window("hann", n), atol=1e-15)


def test_by_hand():
    frequencies, times, power = spectrogram([1, 2, 3, 4, 0], 8, 4, 1)
    assert frequencies.tolist() == [0, 2, 4]
    assert times.tolist() == [0.25, 0.375]
    np.testing.assert_allclose(
        power, [[36, 30.25], [10, 18.25], [0, 6.25]], atol=1e-12
    )  # frames (0, 1, 3, 2), (0, 1.5, 4, 0)


def test_a_tone_peaks_in_its_row_and_energy_is_kept():
    rate, window = 8000.0, 256
    x = np.sin(2 * np.pi * 1000 * np.arange(2000) / rate)
    frequencies, _, power = spectrogram(x, rate, window, 100)
    assert (frequencies[power.argmax(axis=0)] == 1000).all()
    first = x[:window] * hann(window)
    twice = np.full(len(frequencies), 2.0)
    twice[[0, -1]] = 1.0
    assert twice @ power[:, 0] == pytest.approx(window * (first**2).sum())


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("x", ([1.0, 2.0], 8, 4, 1)),
        ("x", (np.ones((4, 2)), 8, 2, 1)),
        ("x", ([1.0, np.nan], 8, 2, 1)),
        ("rate", ([1.0, 2.0], 0, 2, 1)),
        ("window", ([1.0, 2.0], 8, 1, 1)),
        ("hop", ([1.0, 2.0], 8, 2, 0)),
    ],
)
def test_errors(name, arguments):
    with pytest.raises(ValueError, match=f"^{name} must"):
        spectrogram(*arguments)
