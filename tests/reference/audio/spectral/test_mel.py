"""The mel scale and its filters against interpolation by numpy and scipy, by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.signal

from reference.audio.spectral.mel import hz_to_mel, mel_filters, mel_spectrogram, mel_to_hz


def test_the_scale_by_hand():
    assert hz_to_mel(0) == 0.0
    assert hz_to_mel(700) == pytest.approx(1125 * np.log(2))
    np.testing.assert_allclose(hz_to_mel([[700.0, 2100.0]]), [[779.7906, 1559.5812]], atol=1e-4)
    np.testing.assert_allclose(mel_to_hz(1125.0), 700 * (np.e - 1))


def test_there_and_back():
    f = np.array([[0.0, 1e-3, 440.0], [8000.0, 22050.0, 96000.0]])
    np.testing.assert_allclose(mel_to_hz(hz_to_mel(f)), f, rtol=1e-12)
    steps = np.diff(mel_to_hz(np.arange(10) * 300.0))
    np.testing.assert_allclose(steps[1:] / steps[:-1], np.exp(300 / 1125))


def test_filters_by_hand():
    np.testing.assert_allclose(mel_filters(4200, 6, 1), [[0, 1, 0.5, 0]], atol=1e-12)  # corners 0, 700, 2100
    np.testing.assert_allclose(mel_filters(4200, 7, 1), [[0, 6 / 7, 9 / 14, 1.5 / 7]], atol=1e-12)


@pytest.mark.parametrize(("low", "high"), [(0.0, None), (300.0, 3400.0)])
def test_filters_as_interpolation(low, high):
    rate, window, n_mels = 8000.0, 256, 20
    ends = 1125 * np.log(1 + np.array([low, high or rate / 2]) / 700)
    corners = 700 * (np.exp(np.linspace(*ends, n_mels + 2) / 1125) - 1)
    frequencies = np.fft.rfftfreq(window, 1 / rate)
    expected = [np.interp(frequencies, corners[i : i + 3], [0, 1, 0], 0, 0) for i in range(n_mels)]
    actual = mel_filters(rate, window, n_mels, low, high)
    np.testing.assert_allclose(actual, expected, atol=1e-12)
    inner = (frequencies >= corners[1]) & (frequencies <= corners[-2])
    np.testing.assert_allclose(actual.sum(axis=0)[inner], 1.0)  # neighbours share each frequency between them


def test_narrow_filters_are_rows_of_zeros():
    filters = mel_filters(8000.0, 16, 30)
    assert (filters.sum(axis=1) == 0).any()
    assert np.isfinite(filters).all()


def test_mel_spectrogram_as_scipy():
    x = np.random.default_rng(0).normal(size=1000)
    short = scipy.signal.ShortTimeFFT(scipy.signal.get_window("hann", 128), 64, 8000.0)
    power = np.abs(short.stft(x, p0=1, p1=2 + (1000 - 128) // 64)) ** 2  # slice 1 has its middle at sample 64
    np.testing.assert_allclose(mel_spectrogram(x, 8000.0, 128, 64, 12), mel_filters(8000.0, 128, 12) @ power, rtol=1e-9)
    assert mel_spectrogram(x, 8000.0, 128, 64).shape == (40, 14)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("rate", (0, 8, 2)),
        ("window", (8, 1, 2)),
        ("n_mels", (8, 8, 0)),
        ("low", (8, 8, 2, -1)),
        ("low", (8, 8, 2, 2, 2)),
        ("low", (8, 8, 2, 4)),
        ("high", (8, 8, 2, 0, 5)),
    ],
)
def test_errors(name, arguments):
    with pytest.raises(ValueError, match=f"^{name} must"):
        mel_filters(*arguments)


def test_errors_of_the_scale():
    with pytest.raises(ValueError, match=r"^f must"):
        hz_to_mel([1.0, -1.0])
    with pytest.raises(ValueError, match=r"^m must"):
        mel_to_hz(np.nan)
