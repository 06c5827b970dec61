"""Turns against numpy image by image, by hand, and by turning on."""

from __future__ import annotations

import numpy as np
import pytest

from reference.extraction.pretext.rotation import rotations


@pytest.mark.parametrize("shape", [(1, 2, 2, 1), (3, 5, 5, 2), (4, 1, 1, 3)])
def test_rot90_of_each_image(shape):
    images = np.random.default_rng(1).random(shape)
    turned, labels = rotations(images)
    assert np.array_equal(turned, [np.rot90(image, quarters) for image in images for quarters in range(4)])
    assert labels.tolist() == [0, 1, 2, 3] * shape[0]


def test_by_hand():
    turned, _ = rotations(np.arange(9).reshape(1, 3, 3, 1))
    assert turned[1, :, :, 0].tolist() == [[2, 5, 8], [1, 4, 7], [0, 3, 6]]


def test_four_turns_bring_an_image_back_and_two_reflect_it_twice():
    images = np.random.default_rng(2).random((2, 4, 4, 3))
    turned = rotations(images)[0].reshape(2, 4, 4, 4, 3)
    assert np.array_equal(rotations(turned[:, 3])[0][1::4], images)
    assert np.array_equal(turned[:, 2], images[:, ::-1, ::-1])


def test_new_arrays():
    images = np.ones((1, 2, 2, 1))
    assert not np.shares_memory(rotations(images)[0], images)


@pytest.mark.parametrize("images", [np.ones((1, 2, 3, 1)), np.ones((2, 2, 1)), np.ones((0, 2, 2, 1)), [[[[np.nan]]]]])
def test_bad_images(images):
    with pytest.raises(ValueError, match=r"^images\b"):
        rotations(images)
