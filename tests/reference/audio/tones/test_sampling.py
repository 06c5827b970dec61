"""Aliases against samples and numpy's transform, by hand, and properties."""

from __future__ import annotations

import numpy as np
import pytest

from reference.audio.tones.sampling import alias, nyquist


def test_by_hand():
    assert nyquist(44100) == 22050.0
    assert [alias(f, 8) for f in (0, 3, 4, 5, 8, 9, 12, 15, 16, 21)] == [0, 3, 4, 3, 0, 1, 4, 1, 0, 3]


@pytest.mark.parametrize("seed", range(5))
def test_a_tone_and_its_alias_have_the_same_samples(seed):
    rng = np.random.default_rng(seed)
    rate, n = 1000.0, 1000
    f = float(rng.integers(0, 9000))
    times = np.arange(n) / rate
    x = np.cos(2 * np.pi * f * times)
    np.testing.assert_allclose(np.cos(2 * np.pi * alias(f, rate) * times), x, atol=1e-9)
    assert np.fft.rfftfreq(n, 1 / rate)[np.abs(np.fft.rfft(x)).argmax()] == alias(f, rate)


def test_as_the_nearest_multiple():
    for f, rate in np.random.default_rng(0).uniform((0, 100), (9e4, 9e3), (300, 2)):
        assert alias(f, rate) == pytest.approx(abs(f - rate * round(f / rate)), abs=1e-8)
        assert 0 <= alias(f, rate) <= nyquist(rate)


@pytest.mark.parametrize(("name", "arguments"), [("f", (-1, 8)), ("f", (np.inf, 8)), ("rate", (1, 0))])
def test_errors(name, arguments):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        alias(*arguments)
    with pytest.raises(ValueError, match=r"^rate must"):
        nyquist(-1)
