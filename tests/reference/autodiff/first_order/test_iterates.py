"""Asking for a gradient."""

from __future__ import annotations

import numpy as np
import pytest

from reference.autodiff.first_order.iterates import gradient_at


def test_the_point_is_safe_from_the_gradient():
    point = np.array([1.0, 2.0])

    def spoil(w):
        w *= 3
        return w

    assert gradient_at(spoil, point).tolist() == [3.0, 6.0]
    assert point.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("wrong", [[1.0], [[1.0, 2.0]], [1.0, np.nan], "12", None])
def test_a_gradient_that_is_none_is_named(wrong):
    with pytest.raises(ValueError, match=r"^gradient must "):
        gradient_at(lambda w: wrong, np.zeros(2))
