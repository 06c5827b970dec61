"""Occurrences in trees by hand, against the forests of scikit-learn, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier

from reference.selection.embedded.forest import forest_importance, occurrences

LEAF = {"feature": [-1], "left": [-1], "right": [-1]}
SMALL = {"feature": [2, -1, 0, -1, -1], "left": [1, -1, 3, -1, -1], "right": [2, -1, 4, -1, -1]}
MIXED = {"feature": [1, -1, -1, 1, -1, 0, -1], "left": [5, 0, 0, 1, 0, 2, 0], "right": [3, 0, 0, 6, 0, 4, 0]}


def as_dict(tree):
    feature = np.where(tree.feature < 0, -1, tree.feature)
    return {"feature": feature, "left": tree.children_left, "right": tree.children_right}


def test_by_hand():
    assert occurrences([LEAF], 3).tolist() == [[0], [0], [0]]
    assert occurrences([SMALL], 3).tolist() == [[0, 1, 0], [0, 0, 0], [1, 0, 0]]
    assert occurrences([SMALL, LEAF, MIXED], 4).tolist() == [[0, 2, 0], [1, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert forest_importance([LEAF, LEAF], 2).tolist() == [0, 0]
    assert forest_importance([SMALL], 3).tolist() == pytest.approx([1 / 3, 0, 2 / 3])
    assert forest_importance([SMALL, LEAF, MIXED], 4).tolist() == pytest.approx([1 / 3.5, 1.5 / 3.5, 1 / 3.5, 0])


@pytest.mark.parametrize("seed", range(3))
def test_as_the_depths_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(80, 5))
    y = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype(int)
    forest = RandomForestClassifier(6, random_state=seed).fit(X, y)
    trees = [found.tree_ for found in forest.estimators_]
    counts = np.zeros((5, max(tree.max_depth for tree in trees) + 1), dtype=int)
    for tree in trees:
        inner = tree.feature >= 0
        np.add.at(counts, (tree.feature[inner], tree.compute_node_depths()[inner] - 1), 1)
    found = occurrences([as_dict(tree) for tree in trees], 5)
    assert found.tolist() == counts.tolist()
    shares = (counts / 2.0 ** np.arange(counts.shape[1])).sum(axis=1)
    np.testing.assert_allclose(forest_importance([as_dict(tree) for tree in trees], 5), shares / shares.sum())


def test_names_of_nodes_do_not_matter():
    rng = np.random.default_rng(0)
    tree = {key: np.array(values) for key, values in MIXED.items()}
    for _ in range(5):
        new = np.array([0, *(rng.permutation(6) + 1)])
        moved = {key: np.zeros(7, dtype=int) for key in tree}
        moved["feature"][new] = tree["feature"]
        moved["left"][new], moved["right"][new] = new[tree["left"]], new[tree["right"]]
        assert occurrences([moved], 2).tolist() == occurrences([MIXED], 2).tolist()


def test_a_chain_deeper_than_recursion_goes():
    inner = 3000
    feature = np.array([*(np.arange(inner) % 2), *[-1] * (inner + 1)])
    left = np.array([*range(1, inner + 1), *[-1] * (inner + 1)])
    right = np.array([*range(inner + 1, 2 * inner + 1), *[-1] * (inner + 1)])
    tree = {"feature": feature, "left": left, "right": right}
    counts = occurrences([tree], 2)
    assert counts.shape == (2, inner + 1)
    assert counts.sum(axis=1).tolist() == [inner // 2, inner // 2]
    np.testing.assert_allclose(forest_importance([tree], 2), [2 / 3, 1 / 3])


@pytest.mark.parametrize(
    "tree",
    [
        {**LEAF, "left": [-1, -1]},
        {**SMALL, "feature": [3, -1, 0, -1, -1]},
        {**SMALL, "feature": [2, -1, -2, -1, -1]},
        {**SMALL, "left": [9, -1, 3, -1, -1]},
        {**SMALL, "left": [0, -1, 3, -1, -1]},
        {**SMALL, "left": [2, -1, 3, -1, -1]},
    ],
)
def test_bad_trees(tree):
    for function in (occurrences, forest_importance):
        with pytest.raises(ValueError, match=r"^trees must"):
            function([tree], 3)


def test_errors():
    for function in (occurrences, forest_importance):
        with pytest.raises(ValueError, match=r"^trees must"):
            function([], 3)
        with pytest.raises(ValueError, match=r"^d must"):
            function([LEAF], 0)
