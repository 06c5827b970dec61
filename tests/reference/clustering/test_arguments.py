"""The number of clusters."""

from __future__ import annotations

import numpy as np
import pytest

from reference.clustering.arguments import cluster_count


def test_from_one_cluster_to_one_for_each_object():
    assert [cluster_count(k, 5) for k in (1, np.int64(5))] == [1, 5]


@pytest.mark.parametrize("k", [0, 6, 2.0, True, None])
def test_numbers_that_do_not_fit(k):
    with pytest.raises(ValueError, match=r"^k must be a whole number from 1 to 5, not "):
        cluster_count(k, 5)
