"""COP and CS."""

from __future__ import annotations

import pytest

from reference.clustering.internal.compactness import cop, cs

from .laws import *  # noqa: F403


@pytest.fixture(params=[cop, cs])
def index(request):
    return request.param
