"""The parts that internal indices are made of."""

from __future__ import annotations

import numpy as np
import pytest

from reference.clustering.internal.partition import centroid, centroid_distances, means, partition, radii, ratio


def test_the_centroid_of_equal_objects_is_one_of_them():
    group = np.array([[0.1, 0.7, 1e9 + 0.3]] * 7)
    assert centroid(group).tolist() == group[0].tolist()


def test_the_parts_by_hand():
    p = partition([[0.0], [2.0], [10.0]], [7, 7, -1])
    assert p.own.tolist() == [1, 1, 0]
    assert p.sizes.tolist() == [1, 2]
    assert p.centroids.tolist() == [[10.0], [1.0]]
    assert [group.tolist() for group in p.groups()] == [[[10.0]], [[0.0], [2.0]]]
    assert radii(p).tolist() == [1.0, 1.0, 0.0]
    assert means(p, np.array([1.0, 3.0, 5.0])).tolist() == [5.0, 2.0]
    assert centroid_distances(p).tolist() == [[np.inf, 9.0], [9.0, np.inf]]


def test_a_quotient_that_is_none():
    assert ratio(1, 4) == 0.25
    with pytest.raises(ValueError, match=r"^labels\b.*not defined"):
        ratio(1, 0)
