"""Octaves against exact fractions, by hand, and properties."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reference.audio.tones.notes import same_note


def test_by_hand():
    assert same_note(440, 440)
    assert same_note(440, 55)
    assert same_note(27.5, 3520)
    assert not same_note(440, 660)  # a fifth
    assert not same_note(440, 466.16)  # a semitone
    assert not same_note(300, 100)
    assert same_note(440, 882)  # 4 cents beyond an octave
    assert not same_note(440, 882, 0.001)
    assert same_note(440, 600, 0.5)


def test_against_numpy():
    rng = np.random.default_rng(0)
    for f1, f2, tolerance in zip(*rng.uniform((20,) * 500, 5000, (2, 500)), rng.uniform(0, 0.5, 500), strict=True):
        rest = np.log2(f1 / f2) % 1
        assert same_note(f1, f2, tolerance) == (min(rest, 1 - rest) <= tolerance)
        assert same_note(f2, f1, tolerance) == same_note(f1, f2, tolerance) == same_note(8 * f1, f2, tolerance)


def test_powers_of_two_alone_among_fractions():
    for p in range(1, 40):
        for q in range(1, 40):
            ratio = Fraction(p, q)
            octaves = ratio.numerator & (ratio.numerator - 1) == 0 and ratio.denominator & (ratio.denominator - 1) == 0
            assert same_note(p, q, 1e-9) == octaves


@pytest.mark.parametrize(("name", "arguments"), [("f1", (0, 1)), ("f2", (1, -1)), ("tolerance", (1, 1, -0.1))])
def test_errors(name, arguments):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        same_note(*arguments)
