"""Vectors as settings: by hand, by distributions of scipy and an encoder of scikit-learn, and by what cannot change."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.preprocessing import OneHotEncoder

from reference.hyperparameters.evolutionary.vectors import setting_from_vector

SPACE = {
    "k": ("integer", -3, 4),
    "kind": ("category", ["a", "b", "c"]),
    "rate": ("real", 0.5, 2.5),
    "only": ("category", ["x"]),
}
INFINITY = float("inf")


def test_by_hand():
    for x, values in (
        ([0.5, 0.0, 2.0, 1.0, 0.25, 0.0], (1, "b", 1.0, "x")),
        ([0.0, 1.0, 1.0, 1.0, 0.0, -5.0], (-3, "a", 0.5, "x")),
        ([1.0, -2.0, -1.0, -1.5, 1.0, 9.0], (4, "b", 2.5, "x")),
        ([-7.0, 3.0, 2.0, 4.0, INFINITY, 0.0], (-3, "c", 2.5, "x")),
        ([0.874, -INFINITY, -INFINITY, 0.0, -INFINITY, 0.0], (3, "c", 0.5, "x")),
    ):
        setting = setting_from_vector(x, SPACE)
        assert setting == dict(zip(SPACE, values, strict=True))
        assert (type(setting["k"]), type(setting["rate"])) == (int, float)
    assert setting_from_vector([], {}) == {}
    assert setting_from_vector([3], {"k": ("integer", 2, 2)}) == {"k": 2}


def test_like_quantiles_of_scipy_and_the_encoder_of_scikit_learn():
    x = np.random.default_rng(0).uniform(size=(500, 6))
    settings = [setting_from_vector(row, SPACE) for row in x]
    assert [s["k"] for s in settings] == stats.randint(-3, 5).ppf(x[:, 0]).tolist()
    np.testing.assert_allclose([s["rate"] for s in settings], stats.uniform(0.5, 2.0).ppf(x[:, 4]), rtol=1e-12)
    encoder = OneHotEncoder(sparse_output=False).fit([["a"], ["b"], ["c"]])
    assert [s["kind"] for s in settings] == encoder.inverse_transform(x[:, 1:4])[:, 0].tolist()
    assert stats.chisquare(list(Counter(s["k"] for s in settings).values())).pvalue > 1e-4


@given(st.lists(st.floats(-2, 3), min_size=6, max_size=6), st.floats(0, 5))
def test_categories_stay_while_the_maximum_does_and_numbers_never_fall(x, step):
    before = setting_from_vector(x, SPACE)
    after = setting_from_vector(np.add(x, step), SPACE)
    assert after["k"] >= before["k"]
    assert after["rate"] >= before["rate"]
    lifted = np.array(x)
    lifted[1 + int(np.argmax(x[1:4]))] += step
    assert setting_from_vector(lifted, SPACE) == before


@pytest.mark.parametrize(
    ("x", "space", "name"),
    [
        (np.zeros(5), SPACE, "x must"),
        (np.zeros((6, 1)), SPACE, "x must"),
        ([0.0] * 5 + [float("nan")], SPACE, "x must"),
        ([0.0], {}, "x must"),
        ([], {"depth": ("category", [])}, "depth"),
        ([0.0], {"depth": ("integer", 3, 2)}, "depth"),
        ([0.0], {"depth": ("normal", 0, 1)}, "depth"),
    ],
)
def test_errors(x, space, name):
    with pytest.raises(ValueError, match=name):
        setting_from_vector(x, space)
