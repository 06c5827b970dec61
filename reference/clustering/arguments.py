"""What several methods of clustering ask of their arguments (lecture 9, sections 40 and 41)."""

from __future__ import annotations

from typing import Any

from reference.checks.numbers import whole


def cluster_count(k: Any, n_objects: int) -> int:
    """The number of clusters: at least 1, at most as many as there are objects. ValueError names ``k``."""
    return whole("k", k, 1, n_objects)
