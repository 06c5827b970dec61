"""The Dunn index and its variants."""

from __future__ import annotations

import pytest

from reference.clustering.internal.dunn import dunn, gd31, gd33, gd41, gd43, gd51, gd53

from .laws import *  # noqa: F403


@pytest.fixture(params=[dunn, gd31, gd33, gd41, gd43, gd51, gd53])
def index(request):
    return request.param
