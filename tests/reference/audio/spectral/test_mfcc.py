"""MFCC against scipy.fft.dct, by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.fft

from reference.audio.spectral.mel import mel_spectrogram
from reference.audio.spectral.mfcc import cepstrum, mfcc


@pytest.mark.parametrize("rows", [1, 2, 13, 40])
def test_as_scipy(rows):
    mel = np.random.default_rng(rows).uniform(1e-3, 1e3, size=(rows, 6))
    expected = scipy.fft.dct(np.log(mel), type=2, axis=0, norm="ortho")
    np.testing.assert_allclose(cepstrum(mel, rows), expected, atol=1e-12)
    np.testing.assert_allclose(cepstrum(mel, 1), expected[:1], atol=1e-12)


def test_by_hand():
    actual = cepstrum([[np.e, 1.0], [np.e**3, 0.0]], 2, np.exp(-2))
    np.testing.assert_allclose(actual, [[4 / np.sqrt(2), -np.sqrt(2)], [-np.sqrt(2), np.sqrt(2)]])


def test_lengths_are_kept_and_loudness_changes_the_first_alone():
    mel = np.random.default_rng(0).uniform(0.1, 10, size=(20, 5))
    actual = cepstrum(mel, 20)
    np.testing.assert_allclose((actual**2).sum(axis=0), (np.log(mel) ** 2).sum(axis=0))
    change = cepstrum(7 * mel, 20) - actual
    np.testing.assert_allclose(change, np.outer([np.sqrt(20) * np.log(7)] + [0] * 19, np.ones(5)), atol=1e-12)


def test_mfcc_is_the_cepstrum_of_the_mel_spectrogram():
    x = np.random.default_rng(1).normal(size=500)
    expected = scipy.fft.dct(np.log(mel_spectrogram(x, 8000, 128, 64, 20)), axis=0, norm="ortho")[:9]
    np.testing.assert_allclose(mfcc(x, 8000, 128, 64, 20, 9), expected, atol=1e-10)
    assert mfcc(x, 8000, 256, 64).shape == (13, 4)


def test_silence():
    actual = mfcc(np.zeros(256), 8000, 128, 64, 20, 3, 1e-4)
    np.testing.assert_allclose(actual, np.outer([np.sqrt(20) * np.log(1e-4), 0, 0], np.ones(3)), atol=1e-12)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("mel", ([1.0, 2.0], 1)),
        ("mel", ([[1.0], [-1.0]], 1)),
        ("mel", ([[1.0], [np.nan]], 1)),
        ("n_mfcc", ([[1.0], [1.0]], 3)),
        ("n_mfcc", ([[1.0], [1.0]], 0)),
        ("floor", ([[1.0], [1.0]], 1, 0.0)),
    ],
)
def test_errors(name, arguments):
    with pytest.raises(ValueError, match=f"^{name} must"):
        cepstrum(*arguments)
