"""The checks that the layers share."""

from __future__ import annotations

import numpy as np
import pytest

from reference.convolutions.layers.arguments import bias, fits_in, images


def test_images_are_new_float_arrays():
    given = np.ones((1, 2, 3, 4), dtype=int)
    made = images("X", given, 2)
    made[:] = 5
    assert (made.dtype, made.shape, given.max()) == (np.float64, (1, 2, 3, 4), 1)


@pytest.mark.parametrize("shape", [(2, 3, 4), (1, 2, 3, 4, 5), (0, 2, 3, 4), (1, 3, 3, 4), (1, 2, 0, 4)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="X must"):
        images("X", np.zeros(shape), 2)


def test_a_bias_may_be_left_out():
    assert bias("b", None, 3).tolist() == [0.0, 0.0, 0.0]
    assert bias("b", [1, 2], 2).tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="b must"):
        bias("b", [1.0], 2)


def test_a_kernel_of_the_size_of_the_image_fits():
    fits_in("K", (3, 4), (3, 4))
    for kernel in ((4, 4), (3, 5)):
        with pytest.raises(ValueError, match="K of"):
            fits_in("K", kernel, (3, 4))
