"""New and plausible samples: by hand, against scikit-learn, and by planted copies."""

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from reference.generative.evaluation.novelty import assess, nearest_training

RNG = np.random.default_rng(2)
ONE = np.zeros((1, 2))


def normal(x):
    return -(x**2).sum(axis=1) / 2


def test_by_hand():
    distance, index = nearest_training([[0.0], [5.0]], [[-2.0], [2.0], [6.0]])
    assert (distance.tolist(), index.tolist()) == ([2, 1], [0, 2])
    found = assess([[1.0], [9.0], [9.5], [4.0], [4.0]], [[0.0], [10.0]], lambda x: -x[:, 0], 1.0, -9.2)
    assert {name: rows.tolist() for name, rows in found.items()} == {
        "copies": [0, 1, 2],
        "implausible": [],
        "repeated": [4],
        "good": [3],
    }


def test_as_scikit_learn_finds_it():
    samples, train = RNG.normal(size=(50, 4)), RNG.normal(size=(80, 4))
    distance, index = nearest_training(samples, train)
    expected, place = NearestNeighbors(n_neighbors=1).fit(train).kneighbors(samples)
    np.testing.assert_allclose(distance, expected[:, 0])
    assert index.tolist() == place[:, 0].tolist()


def test_planted_samples_come_to_their_groups():
    train, new = RNG.normal(size=(40, 5)), RNG.normal(size=(10, 5))
    samples = np.vstack([train[:7] + 1e-6, 100 + new, new, new[::-1]])
    found = assess(samples, train, normal, 1e-3, -60.0)
    parts = np.split(np.arange(37), [7, 17, 27])
    for name, expected in zip(("copies", "implausible", "good", "repeated"), parts, strict=True):
        assert found[name].tolist() == expected.tolist()


def test_the_density_is_asked_once():
    calls = []
    assess(ONE, ONE + 1, lambda x: calls.append(x) or [-np.inf], 0.5, 0.0)
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("samples", (ONE[0], ONE, normal, 1.0, 0.0)),
        ("train", (ONE, ONE[:, :1], normal, 1.0, 0.0)),
        ("log_density", (ONE, ONE, lambda x: [np.nan], 1.0, 0.0)),
        ("log_density", (ONE, ONE, lambda x: [0.0, 0.0], 1.0, 0.0)),
        ("copy_radius", (ONE, ONE, normal, -1.0, 0.0)),
        ("level", (ONE, ONE, normal, 1.0, np.nan)),
    ],
)
def test_bad_arguments_are_refused(name, arguments):
    with pytest.raises(ValueError, match=f"^{name} must"):
        assess(*arguments)
