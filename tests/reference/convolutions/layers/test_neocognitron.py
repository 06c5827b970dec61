"""S-cells and C-cells by hand, against scipy's cosine and torch's pooling, and what brightness and shifts change."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.spatial.distance import cosine

from reference.convolutions.layers.neocognitron import c_layer, s_layer


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.8])
def test_s_cells_are_cosines_above_a_threshold(threshold):
    rng = np.random.default_rng(13)
    X, templates = rng.normal(size=(2, 2, 6, 5)), rng.normal(size=(3, 2, 3, 3))
    made = s_layer(X, templates, threshold)
    assert made.shape == (2, 3, 4, 3)
    for n, t, y, x in np.ndindex(made.shape):
        alike = 1 - cosine(X[n, :, y : y + 3, x : x + 3].ravel(), templates[t].ravel())
        assert made[n, t, y, x] == pytest.approx(max(0, alike - threshold) / (1 - threshold), rel=1e-9, abs=1e-12)


def test_by_hand():
    image = [[[[0, 0, 0, 0], [0, 0, 3, 4], [0, 0, 0, 0]]]]
    row = [[[[0, 0], [1, 0]]]]
    assert s_layer(image, row, 0.0)[0, 0].tolist() == pytest.approx(np.array([[0, 0, 0.6], [0, 0, 0]]))
    assert s_layer(image, row, 0.5)[0, 0, 0].tolist() == pytest.approx([0, 0, 0.2])
    assert c_layer([[[[1, 2, 5], [4, 3, 6], [9, 9, 9]]]], 2).tolist() == [[[[4]]]]


def test_a_template_excites_its_cell_fully_at_any_brightness():
    rng = np.random.default_rng(14)
    templates = rng.normal(size=(3, 2, 4, 4))
    for brightness in (1e-9, 1.0, 1e9):
        made = s_layer(brightness * templates, templates, 0.7)[:, :, 0, 0]
        np.testing.assert_allclose(np.diag(made), 1.0, rtol=1e-12)
        np.testing.assert_allclose(made, s_layer(templates, 7 * templates, 0.7)[:, :, 0, 0], rtol=1e-9, atol=1e-12)


def test_c_cells_as_torch():
    S = np.random.default_rng(15).random((2, 3, 7, 8))
    for k in (1, 2, 3, 7):
        theirs = torch.nn.functional.max_pool2d(torch.from_numpy(S), k).numpy()
        np.testing.assert_array_equal(c_layer(S, k), theirs)


def test_a_shift_within_a_block_changes_nothing():
    template = np.array([[[[1.0, 2.0], [3.0, -1.0]]]])
    seen = []
    for y, x in np.ndindex(3, 3):
        image = np.zeros((1, 1, 13, 13))
        image[0, 0, 6 + y : 8 + y, 3 + x : 5 + x] = template[0, 0]
        seen.append(c_layer(s_layer(image, template, 0.9), 3))
    for one in seen:
        np.testing.assert_allclose(one, seen[0], atol=1e-12)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"X": np.zeros((4, 4))}, "X"),
        ({"templates": np.ones((1, 1, 2, 2))}, "templates"),
        ({"templates": np.ones((1, 2, 2, 3))}, "templates"),
        ({"templates": np.ones((1, 2, 5, 5))}, "templates"),
        ({"templates": np.zeros((1, 2, 2, 2))}, "templates"),
        ({"threshold": 1.0}, "threshold"),
        ({"threshold": -0.1}, "threshold"),
    ],
)
def test_errors_of_s_cells(changes, named):
    good = {"X": np.zeros((1, 2, 4, 4)), "templates": np.ones((1, 2, 2, 2)), "threshold": 0.5}
    with pytest.raises(ValueError, match=f"^{named} "):
        s_layer(**(good | changes))


def test_errors_of_c_cells():
    with pytest.raises(ValueError, match=r"^S must"):
        c_layer(np.zeros((4, 4)), 2)
    for k in (0, 5):
        with pytest.raises(ValueError, match=r"^k "):
            c_layer(np.zeros((1, 1, 4, 4)), k)
