"""The table of two clusterings against scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics.cluster import contingency_matrix

from reference.clustering.external.contingency import contingency


@pytest.mark.parametrize("seed", range(5))
def test_cells_and_sizes(seed):
    rng = np.random.default_rng(seed)
    true, pred = 3 * rng.integers(4, size=40) - 5, -rng.integers(6, size=40)
    table, expected = contingency(true, pred), contingency_matrix(true, pred)
    found = np.zeros_like(expected)
    found[table.classes, table.clusters] = table.counts
    assert found.tolist() == expected.tolist()
    assert (table.counts > 0).all()
    assert table.class_sizes.tolist() == expected.sum(axis=1).tolist()
    assert table.cluster_sizes.tolist() == expected.sum(axis=0).tolist()
    assert table.total == 40
