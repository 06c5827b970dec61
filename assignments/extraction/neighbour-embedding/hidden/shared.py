"""What the suites share: planted groups, probabilities, and how well neighbours are kept."""

import numpy as np

from grader.testing.inputs import orthogonal, planted_partition
from reference.extraction.neighbours.sne import conditional
from reference.extraction.neighbours.tsne import joint


def groups(rng, count, size, m, apart=4.0, spread=0.5):
    """Two samples of ``count`` groups, ``size`` objects each: (X, labels), (new X, new labels).

    The places of the groups are equally far from each other.
    """
    places = apart * orthogonal(rng, m)[:count]
    drawn = []
    for labels in (planted_partition(rng, [size] * count) for _ in range(2)):
        drawn.append((places[labels] + spread * rng.normal(size=(len(labels), m)), labels))
    return drawn


def some_rows(rng, n):
    """Probabilities of neighbours: rows of sum 1, not symmetric, zeros on the diagonal."""
    P = rng.random((n, n)) ** 2
    np.fill_diagonal(P, 0.0)
    return P / P.sum(axis=1, keepdims=True)


def some_pairs(rng, n):
    """Symmetric probabilities of pairs: the sum is 1, zeros on the diagonal."""
    return joint(some_rows(rng, n))


def of_objects(X, perplexity):
    """The probabilities of pairs that t-SNE has to keep."""
    return joint(conditional(X, perplexity)[0])


def right_neighbours(Y, labels, new=None, new_labels=None):
    """The share of objects whose nearest object in the embedding is of their own group.

    With ``new`` objects: the share of these, by the nearest of the old ones.
    """
    own = new is None
    distances = (((Y if own else new)[:, None] - Y) ** 2).sum(axis=2)
    if own:
        np.fill_diagonal(distances, np.inf)
    return float((labels[distances.argmin(axis=1)] == (labels if own else new_labels)).mean())
