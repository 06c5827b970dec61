"""Sym and its variants."""

from __future__ import annotations

import pytest

from reference.clustering.internal.symmetry import sym, sym_33, sym_d, sym_db

from .laws import *  # noqa: F403


@pytest.fixture(params=[sym, sym_33, sym_d, sym_db])
def index(request):
    return request.param
