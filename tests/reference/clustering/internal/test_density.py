"""S_Dbw."""

from __future__ import annotations

import math

import pytest

from reference.clustering.internal.density import s_dbw

from .laws import *  # noqa: F403


@pytest.fixture(params=[s_dbw])
def index(request):
    return request.param


def test_nobody_near_the_centroids():
    ring = [[3.0, 0.0], [-3.0, 0.0], [0.0, 3.0], [0.0, -3.0]]
    X = ring + [[x + 40, y] for x, y in ring]
    assert s_dbw(X, [0] * 4 + [1] * 4) == pytest.approx(math.hypot(4.5, 4.5) / math.hypot(404.5, 4.5))
