"""Coverage of modes: by hand, against scipy's tree, and by planted generators."""

import numpy as np
import pytest
from scipy.spatial import KDTree

from reference.generative.evaluation.collapse import coverage

RNG = np.random.default_rng(1)
ONE = [[0.0, 0.0]]


def test_by_hand():
    found = coverage([[0.0], [1.0], [2.0], [3.0], [7.5]], [[1.0], [3.0], [9.0]], 1.0, 0.4)
    assert found["shares"].tolist() == [0.6, 0.2, 0.0]  # 2 is as near to 1 as to 3
    assert (found["covered"], found["outside"]) == (1, pytest.approx(0.2))


def test_as_the_tree_of_scipy_finds_it():
    samples, centers = RNG.normal(size=(300, 3)), RNG.normal(size=(6, 3))
    distance, index = KDTree(centers).query(samples)
    found = coverage(samples, centers, 1.2)
    assert found["shares"].tolist() == pytest.approx([((index == k) & (distance <= 1.2)).mean() for k in range(6)])
    assert found["outside"] == pytest.approx((distance > 1.2).mean())


def test_a_collapsed_generator_covers_one_mode():
    centers = 10 * np.eye(8)
    noise = RNG.normal(size=(400, 8)) / 10
    assert coverage(centers[RNG.integers(8, size=400)] + noise, centers, 2.0)["covered"] == 8
    found = coverage(centers[3] + noise, centers, 2.0)
    assert (found["covered"], found["outside"], found["shares"][3]) == (1, 0.0, 1.0)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("samples", ([], ONE, 1.0)),
        ("centers", (ONE, [[0.0]], 1.0)),
        ("radius", (ONE, ONE, -1.0)),
        ("least", (ONE, ONE, 1.0, 1.5)),
    ],
)
def test_bad_arguments_are_refused(name, arguments):
    with pytest.raises(ValueError, match=f"^{name} must"):
        coverage(*arguments)
