"""SV and OS."""

from __future__ import annotations

import numpy as np
import pytest

from reference.clustering.internal.overlap import os_index, sv

from .laws import *  # noqa: F403


@pytest.fixture(params=[os_index, sv])
def index(request):
    return request.param


def test_the_border_is_a_tenth_rounded_up():
    far = np.zeros((30, 1))
    far[:6, 0] = [3, -3, 2, -2, 1, -1]
    X, labels = np.vstack([far, [[50.0]]]), np.repeat([0, 1], [30, 1])
    assert sv(X, labels) == pytest.approx(100 / ((3 + 3 + 2) / 3))
