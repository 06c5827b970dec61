"""Gradient clipping, global by the norm and local by components (lecture 3, section 15, L03.clip).

R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML (2013).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array
from reference.checks.numbers import positive


def clip_global(grads: Sequence[ArrayLike], c: float) -> list[Floats]:
    """The arrays times ``c / norm`` if the norm of all entries of all arrays is above c; else the same numbers.

    The direction of the whole gradient stays. Entries whose squares overflow do no harm.

    Parameters: ``grads``, a list of arrays of any shapes; ``c`` above 0.
    Returns: a list of new arrays of the same shapes.
    Raises: ValueError naming ``grads`` or ``c``.
    Complexity: O(s), and memory O(s), for s entries of all arrays.
    Source: lecture 3, section 15; Pascanu, Mikolov, Bengio 2013.

    >>> [part.tolist() for part in clip_global([[3.0], [4.0]], 1.0)]
    [[0.6000000000000001], [0.8]]
    """
    parts, bound = _gradients(grads), positive("c", c)
    largest = max(float(np.abs(part).max()) for part in parts)
    if largest == 0.0:
        return parts
    norm = largest * float(np.sqrt(sum(float(((part / largest) ** 2).sum()) for part in parts)))
    return [part * (bound / norm) for part in parts] if norm > bound else parts


def clip_local(grads: Sequence[ArrayLike], c: float) -> list[Floats]:
    """Each entry whose size is above c becomes c with its own sign; the others stay.

    Parameters: as in `clip_global`.
    Returns: a list of new arrays of the same shapes.
    Raises: as in `clip_global`.
    Complexity: as in `clip_global`.
    Source: lecture 3, section 15; lecture only.

    >>> [part.tolist() for part in clip_local([[3.0, -0.5], [-4.0]], 1.0)]
    [[1.0, -0.5], [-1.0]]
    """
    parts, bound = _gradients(grads), positive("c", c)
    return [np.clip(part, -bound, bound) for part in parts]


def _gradients(grads: Sequence[ArrayLike]) -> list[Floats]:
    if not isinstance(grads, list | tuple) or not grads:
        raise ValueError("grads must be a list of at least one array")
    return [array("grads", part) for part in grads]
