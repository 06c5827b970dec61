"""Features in time against scipy.ndimage and numpy, by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.ndimage
import sklearn.preprocessing

from reference.audio.tones.time_domain import envelope, mono, rms, summary, zero_crossing_rate

BY_FRAMES = (envelope, rms, zero_crossing_rate)


def test_by_hand():
    x = [1, -2, 0, 2, 4, -4, 7]
    assert envelope(x, 3, 2).tolist() == [2, 4, 7]
    assert rms([3, -3, 0, 0, 0, 4], 2, 2).tolist() == pytest.approx([3, 0, 8**0.5])
    assert zero_crossing_rate(x, 3, 2).tolist() == [2 / 3, 0, 2 / 3]
    assert zero_crossing_rate([0, -1, 0, 1, -0.0, 0], 6, 1).tolist() == [2 / 6]
    assert mono([[1, 2, 6], [0, 0, 0]]).tolist() == [3, 0]
    assert summary([[1, 0], [2, 4], [6, 2]]).tolist() == pytest.approx([3, 2, (14 / 3) ** 0.5, (8 / 3) ** 0.5])


@pytest.mark.parametrize(("n", "frame", "hop"), [(50, 8, 8), (51, 7, 3), (20, 5, 9), (6, 6, 2), (9, 1, 1)])
def test_as_scipy(n, frame, hop):
    x = np.random.default_rng(n).normal(size=n)
    starts = range(0, n - frame + 1, hop)
    middle = frame // 2  # filters of scipy put their result there
    largest = scipy.ndimage.maximum_filter1d(np.abs(x), frame)
    np.testing.assert_allclose(envelope(x, frame, hop), [largest[s + middle] for s in starts])
    means = scipy.ndimage.uniform_filter1d(x**2, frame)
    np.testing.assert_allclose(rms(x, frame, hop), np.sqrt([means[s + middle] for s in starts]))
    turns = [np.count_nonzero(np.diff(np.signbit(x[s : s + frame]))) / frame for s in starts]
    np.testing.assert_allclose(zero_crossing_rate(x, frame, hop), turns)


def test_summary_as_sklearn():
    table = np.random.default_rng(0).normal(size=(30, 4)) * [1, 10, 100, 0] + 3
    scaler = sklearn.preprocessing.StandardScaler().fit(table)
    np.testing.assert_allclose(summary(table), [*scaler.mean_, *np.sqrt(scaler.var_)], atol=1e-12)


def test_a_sine():
    rate, f, amplitude = 8000, 250.0, 0.6
    x = amplitude * np.sin(2 * np.pi * f * np.arange(4000) / rate + 0.1)
    np.testing.assert_allclose(rms(x, 800, 400), amplitude / np.sqrt(2))
    np.testing.assert_allclose(envelope(x, 800, 400), amplitude, rtol=5e-3)
    np.testing.assert_allclose(zero_crossing_rate(x, 800, 400), 2 * f / rate, atol=1 / 800)


def test_whole_numbers_of_16_bits():
    x = np.array([-32768, 32767, -32768, -32768], dtype=np.int16)
    assert envelope(x, 4, 1).tolist() == [32768]
    assert rms(x, 4, 1)[0] == pytest.approx(32767.75)
    assert zero_crossing_rate(x, 4, 1).tolist() == [0.5]
    assert mono(x.reshape(2, 2)).tolist() == [-0.5, -32768]


@pytest.mark.parametrize("feature", BY_FRAMES)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("x", ([1.0, 2.0], 3, 1)),
        ("x", ([[1.0], [2.0]], 1, 1)),
        ("x", ([1.0, np.nan], 1, 1)),
        ("frame", ([1.0], 0, 1)),
        ("hop", ([1.0], 1, 0)),
    ],
)
def test_errors(feature, name, arguments):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        feature(*arguments)


def test_errors_of_matrices():
    for bad in (np.ones(3), np.zeros((0, 2)), [[np.inf]]):
        with pytest.raises(ValueError, match=r"^x must"):
            mono(bad)
        with pytest.raises(ValueError, match=r"^features must"):
            summary(bad)
