"""What the tests of this suite share: tasks for the SVM, and trees."""

import numpy as np

from reference.selection.embedded.svm import linear_svm

GAP = 0.04  # of the largest weight: so much lies between the features that go and those that stay
TRIES = 2000


def classes(X, weights, noise):
    """-1 or 1 by the side of a plane; both occur."""
    values = X @ weights
    y = np.where(values - np.median(values) + noise > 0, 1, -1)
    y[np.argmin(values)], y[np.argmax(values)] = -1, 1
    return y


def task(rng, n, d):
    """Independent features, classes by weights of different sizes and both signs."""
    X = rng.normal(size=(n, d))
    weights = rng.permutation(0.7 ** np.arange(d)) * rng.choice([-1, 1], size=d)
    return X, classes(X, weights, 0.3 * rng.normal(size=n))


def copies(rng, n):
    """A cause in three copies of different quality, and a second, weaker cause, in any order."""
    cause, other = rng.normal(size=(2, n))
    y = classes(np.column_stack([cause, other]), np.array([1.0, 0.8]), 0.2 * rng.normal(size=n))
    noise = rng.permutation([0.35, 0.5, 0.7]) * rng.normal(size=(n, 3))
    return np.column_stack([cause[:, None] + noise, other])[:, rng.permutation(4)], y


def is_clear(X, y, k, step=1, C=1.0):
    """Whether in each round the weights of those that go are smaller by a gap than the weights of those that stay."""
    left = np.arange(X.shape[1])
    while len(left) > k:
        weights = np.abs(linear_svm(X[:, left], y, C)[0])
        order, going = np.argsort(weights), min(step, len(left) - k)
        if weights[order[going]] - weights[order[going - 1]] < GAP * weights.max():
            return False
        left = np.delete(left, order[:going])
    return True


def until(make, good):
    """The first of many draws that is good."""
    for _ in range(TRIES):
        drawn = make()
        if good(*drawn):
            return drawn
    raise AssertionError("no draw was good")


def a_tree(rng, inner, d, *, shuffled=False, feature=None):
    """A tree with so many inner nodes, grown at random leaves; with ``shuffled`` all nodes but the root are renamed."""
    tree = {key: [-1] for key in ("feature", "left", "right")}
    for _ in range(inner):
        leaves = [node for node, asked in enumerate(tree["feature"]) if asked == -1]
        node = leaves[int(rng.integers(len(leaves)))]
        tree["feature"][node] = int(rng.integers(d)) if feature is None else feature
        for side in ("left", "right"):
            tree[side][node] = len(tree["feature"])
            for values in tree.values():
                values.append(-1)
    return renamed(rng, tree) if shuffled else {key: np.array(values) for key, values in tree.items()}


def renamed(rng, tree):
    """The same tree; its nodes but the root have other numbers, and what leaves name as children means nothing."""
    count = len(tree["feature"])
    new = np.concatenate([[0], 1 + rng.permutation(count - 1)])
    moved = {key: np.zeros(count, dtype=int) for key in tree}
    moved["feature"][new] = tree["feature"]
    for side in ("left", "right"):
        moved[side][new] = [
            0 if asked == -1 else new[child] for asked, child in zip(tree["feature"], tree[side], strict=True)
        ]
    return moved


def a_chain(inner, d):
    """A tree in which each inner node has a leaf on the right and the rest of the tree on the left."""
    nothing = [-1] * (inner + 1)
    return {
        "feature": np.array([*(node % d for node in range(inner)), *nothing]),
        "left": np.array([*range(1, inner + 1), *nothing]),
        "right": np.array([*range(inner + 1, 2 * inner + 1), *nothing]),
    }
