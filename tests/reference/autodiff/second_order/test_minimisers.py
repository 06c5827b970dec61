"""When minimisers stop."""

from __future__ import annotations

import math

import pytest

from reference.autodiff.second_order.minimisers import stopping


def test_both_come_back():
    assert stopping(1, 3) == (1.0, 3)


@pytest.mark.parametrize(
    ("tolerance", "max_iter", "named"),
    [(0, 3, "tolerance"), (math.nan, 3, "tolerance"), (1.0, 0, "max_iter"), (1.0, 2.0, "max_iter")],
)
def test_the_other_one_is_named(tolerance, max_iter, named):
    with pytest.raises(ValueError, match=f"^{named} must "):
        stopping(tolerance, max_iter)
