"""What embeddings by neighbours share: by hand, against scipy, and far from the origin."""

import numpy as np
import pytest
from scipy.spatial.distance import pdist, squareform

from reference.extraction.neighbours.pairs import forces, normalised, objects, squares, weights

LINE = np.array([[0.0], [1.0], [3.0]])


def test_by_hand():
    assert squares(LINE).tolist() == [[0, 1, 9], [1, 0, 4], [9, 4, 0]]
    assert forces(np.array([[5, 1, 2], [0, 5, 0], [0, 1, 5]]), LINE).tolist() == [[-7], [0], [2]]
    assert normalised(np.zeros((3, 3)), 1).tolist() == [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]
    assert normalised(np.full((2, 2), -1e6), None).tolist() == [[0, 0.5], [0.5, 0]]


def test_as_scipy_has_it():
    Y = np.random.default_rng(1).normal(size=(7, 3))
    np.testing.assert_allclose(squares(Y), squareform(pdist(Y, "sqeuclidean")), rtol=1e-12)
    assert np.array_equal(squares(2.0**-20 * np.round(2**20 * Y) + 2**26), squares(2.0**-20 * np.round(2**20 * Y)))


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("Y", lambda: objects("Y", LINE[:1])),
        ("Y", lambda: objects("Y", LINE[0])),
        ("P", lambda: weights("P", np.ones((2, 3)))),
        ("P", lambda: weights("P", np.ones((2, 2)), 3)),
        ("P", lambda: weights("P", -np.ones((2, 2)))),
    ],
)
def test_bad_arguments_are_refused(name, call):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
