"""Pairs: by hand, the laws of what is drawn against scipy, and that nothing but seed and number decides."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.stats import chisquare, kstest

from reference.convolutions.augmentation.pairs import DRAWN, pair, pairs
from reference.convolutions.augmentation.transforms import blur

COUNT = 800
ALL = list(DRAWN)


def augmented(image, names, seed=5):
    return [second for _, second in pairs([image] * COUNT, seed, names)]


def test_no_transformation_by_hand():
    image = np.array([[[0.25], [0.75]]])
    for found in pair([image], 0, 3, []):
        np.testing.assert_array_equal(found, image)


def test_uniform_strengths():
    image = np.array([[[0.25, 0.5], [0.5, 0.25]]])
    rows = np.array(augmented(image, ["saturate"])) / image
    assert kstest(rows[:, 0, 0].ravel(), "uniform", (0.5, 1)).pvalue > 1e-4
    assert abs(np.corrcoef(rows[:, 0, 0].T)[0, 1]) < 0.15
    factors = np.array([(y[0, 0, 0] - 0.375) / -0.125 for y in augmented(image, ["contrast"])])
    assert kstest(factors, "uniform", (0.5, 1)).pvalue > 1e-4
    powers = np.array([np.log(y[0, 0, 1]) / np.log(0.5) for y in augmented(image, ["gamma"])])
    assert kstest(np.log2(powers), "uniform", (-1, 2)).pvalue > 1e-4


def test_blur_is_of_a_uniform_deviation():
    dot = np.zeros((13, 13, 1))
    dot[6, 6] = 1
    found = augmented(dot, ["blur"])
    sigmas = [np.sqrt(-0.5 / np.log(y[6, 7, 0] / y[6, 6, 0])) for y in found]
    np.testing.assert_allclose(found[0], blur(dot, sigmas[0]), atol=1e-12)
    assert kstest(sigmas, "uniform", (0.5, 1)).pvalue > 1e-4


def test_flips_and_crops():
    image = np.arange(35.0).reshape(7, 5, 1) / 35
    flips = [y[0, 0, 0] * 35 for y in augmented(image, ["flip"])]
    assert sorted(set(np.round(flips))) == [4, 30]
    assert chisquare([sum(np.round(flips) == corner) for corner in (4, 30)]).pvalue > 1e-4
    crops = augmented(image, ["crop"])
    heights, widths = np.array([y.shape[:2] for y in crops]).T
    assert chisquare(np.bincount(heights)[4:]).pvalue > 1e-4
    assert chisquare(np.bincount(widths)[3:]).pvalue > 1e-4
    tops = [round(y[0, 0, 0] * 35) // 5 for y in crops if len(y) == 5]
    assert chisquare(np.bincount(tops, minlength=3)).pvalue > 1e-4


def test_only_seed_and_number_decide():
    rng = np.random.default_rng(0)
    images = [rng.random((6, 5, 3)) for _ in range(4)]
    together = list(pairs(images, 9, ALL))
    before = np.random.get_state()[1].copy(), random.getstate()
    for i in (3, 0, 2, 1):
        image, second = pair(images, i, 9, ALL)
        np.testing.assert_array_equal(image, images[i])
        np.testing.assert_array_equal(second, together[i][1])
    np.testing.assert_array_equal(np.random.get_state()[1], before[0])
    assert random.getstate() == before[1]


def test_numbers_and_seeds_draw_apart():
    images = [np.full((2, 2, 1), 0.5)] * 30
    values = [pair(images, i, seed, ["gamma"])[1][0, 0, 0] for i in range(30) for seed in range(30)]
    assert len(set(values)) == 900


def test_pairs_are_made_one_at_a_time():
    found = pairs([np.ones((2, 2, 1)), None], 0, ["blur"])
    next(found)
    with pytest.raises(ValueError, match=r"^images must"):
        next(found)


def test_bad_arguments():
    image = np.ones((2, 2, 1))
    for name, given in (
        ("images", ([image * 2], 0, 0, [])),
        ("i", ([image], 1, 0, [])),
        ("i", ([image], -1, 0, [])),
        ("seed", ([image], 0, -1, [])),
        ("names", ([image], 0, 0, ["zoom"])),
        ("names", ([image], 0, 0, "flip")),
    ):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            pair(*given)
    for name, given in (("seed", ([image], -1, [])), ("names", ([image], 0, ["zoom"]))):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            pairs(*given)
