"""Transformations of images against scipy and torch, by hand, and by their properties."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter

from reference.convolutions.augmentation.transforms import blur, contrast, crop, flip, gamma, saturate

SHAPES = [(1, 1, 1), (7, 4, 3), (3, 12, 2), (16, 16, 1)]


def image_of(shape):
    return np.random.default_rng(sum(shape)).random(shape)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("sigma", [0.2, 0.5, 1.1, 4.0])
def test_blur_as_scipy(shape, sigma):
    image = image_of(shape)
    radius = int(np.ceil(3 * sigma))
    expected = gaussian_filter(image, (sigma, sigma, 0), mode="nearest", radius=(radius, radius, 0))
    np.testing.assert_allclose(blur(image, sigma), expected, atol=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_flip_and_crop_as_torch(shape):
    image = image_of(shape)
    tensor = torch.from_numpy(image)
    np.testing.assert_array_equal(flip(image, "horizontal"), tensor.flip(1).numpy())
    np.testing.assert_array_equal(flip(image, "vertical"), tensor.flip(0).numpy())
    h, w, _ = shape
    part = tensor.narrow(0, h // 2, h - h // 2).narrow(1, w // 3, 1)
    np.testing.assert_array_equal(crop(image, h // 2, w // 3, h - h // 2, 1), part.numpy())


def test_by_hand():
    image = np.array([[[0.2, 0.6], [0.4, 0.8]]])
    np.testing.assert_allclose(contrast(image, 3), [[[0, 0.8], [0.2, 1]]], atol=1e-15)
    np.testing.assert_allclose(contrast(image, 0), np.full((1, 2, 2), 0.5))
    np.testing.assert_allclose(saturate(image, [0.5, 1.5]), [[[0.1, 0.9], [0.2, 1]]])
    np.testing.assert_allclose(gamma(image, 0.5), np.sqrt(image))
    np.testing.assert_allclose(flip(image, "horizontal"), image[:, [1, 0]])
    np.testing.assert_array_equal(flip(image, "vertical"), image)


def test_properties():
    image = image_of((9, 6, 3))
    for axis in ("horizontal", "vertical"):
        np.testing.assert_array_equal(flip(flip(image, axis), axis), image)
        np.testing.assert_allclose(blur(flip(image, axis), 1), flip(blur(image, 1), axis), atol=1e-14)
    np.testing.assert_allclose(blur(np.full((5, 8, 1), 0.3), 2.5), 0.3)
    np.testing.assert_allclose(contrast(image, 1), image)
    assert contrast(image, 0.5).mean() == pytest.approx(image.mean())
    assert contrast(image, 0.5).std() == pytest.approx(0.5 * image.std())
    np.testing.assert_allclose(gamma(gamma(image, 3), 1 / 3), image)
    spread = np.zeros((21, 21, 1))
    spread[10, 10] = 1
    assert blur(spread, 1.5).sum() == pytest.approx(1)


def test_arguments_stay():
    image, factors = image_of((4, 5, 2)), np.ones(2)
    before = image.copy()
    for changed in (flip(image, "vertical"), crop(image, 0, 0, 4, 5), saturate(image, factors), gamma(image, 1)):
        changed[:] = 0
    blur(image, 1)
    contrast(image, 2)
    np.testing.assert_array_equal(image, before)


IMAGE = np.full((3, 4, 2), 0.5)
BAD = [
    ("image", flip, (IMAGE[0], "vertical")),
    ("image", blur, (IMAGE * 3, 1.0)),
    ("image", gamma, (-IMAGE, 1.0)),
    ("image", contrast, (IMAGE * np.nan, 1.0)),
    ("axis", flip, (IMAGE, "diagonal")),
    ("top", crop, (IMAGE, 3, 0, 1, 1)),
    ("left", crop, (IMAGE, 0, -1, 1, 1)),
    ("height", crop, (IMAGE, 1, 0, 3, 1)),
    ("width", crop, (IMAGE, 0, 0, 1, 0)),
    ("sigma", blur, (IMAGE, 0.0)),
    ("factor", contrast, (IMAGE, -1.0)),
    ("factors", saturate, (IMAGE, [1.0])),
    ("factors", saturate, (IMAGE, [1.0, -1.0])),
    ("g", gamma, (IMAGE, 0.0)),
]


@pytest.mark.parametrize(("name", "function", "given"), BAD)
def test_bad_arguments(name, function, given):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        function(*given)
