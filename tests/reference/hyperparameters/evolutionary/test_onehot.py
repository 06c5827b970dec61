"""Categories as vectors: there and back (L01.onehot)."""

from __future__ import annotations

import numpy as np
import pytest

from reference.hyperparameters.evolutionary.onehot import from_onehot, to_onehot


def test_one_hot_and_back():
    categories = ["a", None, 3]
    for category in categories:
        vector = to_onehot(category, categories)
        assert vector.sum() == 1
        assert from_onehot(vector, categories) == category
    assert to_onehot(None, categories).tolist() == [0, 1, 0]
    assert from_onehot(np.array([-2.0, 0.5, 0.5]), categories) is None
    for bad in (np.zeros(2), np.zeros((3, 1)), np.array([0, np.nan, 1])):
        with pytest.raises(ValueError, match="x must"):
            from_onehot(bad, categories)
    with pytest.raises(ValueError, match="category"):
        to_onehot("z", categories)
