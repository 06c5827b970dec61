"""What the suites share: boxes, and a classifier that says what a table holds."""

from itertools import islice

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, counted


def some_boxes(rng, n, extent=10.0):
    """Boxes of many sizes; most pairs share something."""
    low = rng.uniform(0, 0.6 * extent, size=(n, 2))
    return np.hstack([low, low + rng.uniform(0.1 * extent, 0.6 * extent, size=(n, 2))])


def some_proposals(rng, n, height, width):
    """Boxes of whole pixels, at least two along each side, in an image of this size."""
    low = rng.integers(0, (width - 2, height - 2), size=(n, 2))
    return np.hstack([low, rng.integers(low + 2, (width + 1, height + 1))])


def answering(table, budget=None):
    """A classifier that gives the rows of ``table`` in turn, one for each crop, however many come in a call."""
    rows = iter(table)

    def classify(*given):
        batch = len(given) == 1 and (isinstance(given[0], list) or np.ndim(given[0]) == 4)
        return np.array(list(islice(rows, len(given[0]) if batch else 1))).reshape(-1, table.shape[1])

    return counted(classify, budget=budget)


def compare_found(found, expected):
    """A triple of boxes, labels and scores."""
    assert isinstance(found, tuple), "the answer must be a triple (boxes, labels, scores)"
    assert len(found) == 3, "the answer must be a triple (boxes, labels, scores)"
    boxes, labels, scores = found
    wanted = np.asarray(expected[0], dtype=float)
    assert_array(boxes, shape=wanted.shape, what="boxes")
    assert_close(boxes, wanted, rtol=1e-6, atol=1e-6, what="boxes")
    assert_equal(labels, np.asarray(expected[1], dtype=int), what="labels")
    assert_array(scores, shape=np.shape(expected[2]), kind="float", what="scores")
    assert_close(scores, np.asarray(expected[2], dtype=float), rtol=1e-6, what="scores")
