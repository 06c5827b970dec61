"""Padding against numpy and torch, by hand, and what is left when it is cut off."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.convolutions.layers.padding import MODES, pad, without_padding

IN_NUMPY = {"zero": "constant", "edge": "edge", "mirror": "reflect", "circular": "wrap"}
IN_TORCH = {"zero": "constant", "edge": "replicate", "mirror": "reflect", "circular": "circular"}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("shape", "p"), [((2, 3, 5, 4), 2), ((1, 1, 4, 6), 3), ((2, 1, 3, 3), 0), ((1, 2, 7, 4), 1)])
def test_as_numpy_and_torch(mode, shape, p):
    X = np.random.default_rng(1).normal(size=shape)
    made = pad(X, p, mode)
    np.testing.assert_array_equal(made, np.pad(X, ((0, 0), (0, 0), (p, p), (p, p)), mode=IN_NUMPY[mode]))
    theirs = torch.nn.functional.pad(torch.from_numpy(X), (p, p, p, p), mode=IN_TORCH[mode])
    np.testing.assert_array_equal(made, theirs.numpy())


@pytest.mark.parametrize(
    ("mode", "line"),
    [
        ("zero", [0, 0, 1, 2, 3, 0, 0]),
        ("edge", [1, 1, 1, 2, 3, 3, 3]),
        ("mirror", [3, 2, 1, 2, 3, 2, 1]),
        ("circular", [2, 3, 1, 2, 3, 1, 2]),
    ],
)
def test_by_hand(mode, line):
    columns = np.array([[[[1, 2, 3]] * 3]])
    rows = columns.swapaxes(2, 3)
    assert pad(columns, 2, mode)[0, 0, 3].tolist() == line
    assert pad(rows, 2, mode)[0, 0, :, 3].tolist() == line


@pytest.mark.parametrize("mode", MODES)
def test_cut_off_again_the_image_is_left(mode):
    X = np.random.default_rng(2).normal(size=(2, 2, 4, 5))
    np.testing.assert_array_equal(without_padding(pad(X, 3, mode), 3), X)


@pytest.mark.parametrize("mode", MODES)
def test_without_pixels_it_is_a_new_array(mode):
    X = np.ones((1, 1, 2, 2))
    pad(X, 0, mode)[:] = 7
    assert X.max() == 1


@pytest.mark.parametrize(("mode", "most"), [("mirror", 2), ("circular", 3)])
def test_the_largest_padding_depends_on_the_mode(mode, most):
    for shape in ((1, 1, 3, 8), (1, 1, 8, 3)):
        assert pad(np.zeros(shape), most, mode).shape == tuple(np.add(shape, (0, 0, 2 * most, 2 * most)))
        with pytest.raises(ValueError, match="p must"):
            pad(np.zeros(shape), most + 1, mode)
    assert pad(np.zeros((1, 1, 1, 1)), 9, "edge").shape == (1, 1, 19, 19)


@pytest.mark.parametrize(
    ("X", "p", "mode", "named"),
    [
        (np.zeros((2, 2)), 1, "zero", "X"),
        (np.full((1, 1, 2, 2), np.nan), 1, "zero", "X"),
        (np.zeros((1, 1, 2, 2)), -1, "zero", "p"),
        (np.zeros((1, 1, 2, 2)), 0.5, "edge", "p"),
        (np.zeros((1, 1, 2, 2)), 1, "reflect", "mode"),
    ],
)
def test_errors(X, p, mode, named):
    with pytest.raises(ValueError, match=f"^{named} must"):
        pad(X, p, mode)
