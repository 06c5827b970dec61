"""The constant-Q transform against scipy.signal's convolution, by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.signal

from reference.audio.spectral.constant_q import cqt, cqt_frequencies


def test_frequencies():
    assert cqt_frequencies(55, 1, 3).tolist() == [55, 110, 220]
    np.testing.assert_allclose(cqt_frequencies(440, 12, 13)[[3, 12]], [523.2511306, 880])


def test_as_a_convolution():
    rng = np.random.default_rng(0)
    rate, low, bins, count, hop = 1000.0, 40.0, 5, 12, 13
    x = rng.normal(size=301)
    actual = cqt(x, rate, low, bins, count, hop)
    for k, f in enumerate(low * 2 ** (np.arange(count) / bins)):
        n = int(np.ceil(rate / f / (2 ** (1 / bins) - 1)))
        kernel = scipy.signal.get_window("hann", n) * np.exp(-2j * np.pi * f / rate * np.arange(n))
        whole = scipy.signal.fftconvolve(x, kernel[::-1])  # sample s: the window's last sample lies at s
        expected = np.abs(whole[n - 1 - n // 2 :][: len(x) : hop]) / n
        np.testing.assert_allclose(actual[k], expected, atol=1e-12)


def test_by_hand():
    np.testing.assert_allclose(cqt([1, 1, 1], 4, 1, 1, 1, 1), [[np.sqrt(1.25) / 4, 0.25, np.sqrt(1.25) / 4]])
    np.testing.assert_allclose(cqt([1, 1, 1], 4, 1, 1, 1, 2), [[np.sqrt(1.25) / 4, np.sqrt(1.25) / 4]])
    np.testing.assert_allclose(cqt([8.0], 4, 1, 1, 2, 5), [[2.0], [4.0]])  # windows of 4 and of 2 samples


def test_a_tone_has_a_quarter_of_its_amplitude_in_its_row():
    rate, bins = 4000.0, 12
    frequencies = cqt_frequencies(110, bins, 25)
    for k in (3, 12, 20):
        x = 0.8 * np.cos(2 * np.pi * frequencies[k] * np.arange(2000) / rate + 1)
        actual = cqt(x, rate, 110, bins, 25, 500)
        assert actual[:, 2].argmax() == k
        assert actual[k, 2] == pytest.approx(0.2, rel=0.01)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("x", (np.ones((2, 2)), 8, 1, 1, 1, 1)),
        ("x", ([np.inf], 8, 1, 1, 1, 1)),
        ("rate", ([1.0], 0, 1, 1, 1, 1)),
        ("low", ([1.0], 8, 0, 1, 1, 1)),
        ("bins", ([1.0], 8, 1, 0, 1, 1)),
        ("n_bins", ([1.0], 8, 1, 1, 0, 1)),
        ("n_bins", ([1.0], 8, 1, 1, 4, 1)),
        ("hop", ([1.0], 8, 1, 1, 1, 0)),
    ],
)
def test_errors(name, arguments):
    with pytest.raises(ValueError, match=f"^{name} must"):
        cqt(*arguments)
