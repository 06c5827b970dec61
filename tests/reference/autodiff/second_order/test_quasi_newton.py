"""The loop of the quasi-Newton methods, with a curvature that notes what it is taught."""

from __future__ import annotations

import numpy as np

from reference.autodiff.second_order.quasi_newton import descend


class Steepest:
    """Knows nothing and learns nothing, but remembers the pairs."""

    def __init__(self):
        self.pairs = []

    def direction(self, g):
        return -g

    def learn(self, s, y):
        self.pairs.append((s, y))


def bowl(w):
    return float(w**2 @ [0.5, 2.0])


def slope(w):
    return w * [1.0, 4.0]


def test_steps_are_taught_and_counted():
    curvature = Steepest()
    w, steps, good = descend(bowl, slope, [1.0, 1.0], curvature, 1e-6, 200)
    assert good
    assert np.linalg.norm(slope(w)) <= 1e-6
    assert len(curvature.pairs) == steps
    np.testing.assert_allclose(sum(s for s, _ in curvature.pairs), w - [1.0, 1.0], atol=1e-12)
    for s, y in curvature.pairs:
        np.testing.assert_allclose(y, slope(s), atol=1e-12)


def test_it_ends_at_its_limit_or_where_nothing_falls():
    assert descend(bowl, slope, [1.0, 1.0], Steepest(), 1e-6, 2)[1:] == (2, False)
    assert descend(bowl, slope, [0.0, 0.0], Steepest(), 1e-6, 2)[1:] == (0, True)
    assert descend(lambda w: float(w.sum()), np.ones_like, [1.0], Steepest(), 1e-6, 5)[1:] == (0, False)
