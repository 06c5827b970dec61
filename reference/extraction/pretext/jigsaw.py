"""Nine parts of an image in another order (lecture 11, section 52, L11.jigsaw).

M. Noroozi, P. Favaro, "Unsupervised learning of visual representations by solving jigsaw puzzles", ECCV (2016). They
choose from a fixed set of orders; here each order may come.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, array, label_vector
from reference.checks.randomness import generator


def jigsaw(image: ArrayLike, order: ArrayLike) -> Floats:
    """The image whose place i shows the part ``order[i]``; parts and places go by rows, from 0 to 8.

    Parameters: ``image`` (h, w, c), both sides multiples of 3; ``order`` (9,), each of 0 to 8 once.
    Returns: (h, w, c).
    Raises: ValueError naming ``image`` or ``order``.
    Complexity: O(h w c).
    Source: lecture 11, section 52; Noroozi, Favaro 2016.

    >>> jigsaw(np.arange(9.0).reshape(3, 3, 1), [8, 0, 1, 2, 3, 4, 5, 6, 7])[0].ravel().tolist()
    [8.0, 0.0, 1.0]
    """
    return _joined(_parts("image", image)[_order(order)])


def restore(shuffled: ArrayLike, order: ArrayLike) -> Floats:
    """The image that `jigsaw` shuffled in this order.

    Parameters: ``shuffled`` (h, w, c), both sides multiples of 3; ``order`` (9,), each of 0 to 8 once.
    Returns: (h, w, c).
    Raises: ValueError naming ``shuffled`` or ``order``.
    Complexity: O(h w c).
    Source: lecture 11, section 52; Noroozi, Favaro 2016.
    """
    parts = _parts("shuffled", shuffled)
    return _joined(parts[np.argsort(_order(order))])


def draw_order(rng: np.random.Generator) -> Labels:
    """An order of nine parts; all orders are equally likely, the one that changes nothing too.

    Parameters: ``rng``, a generator.
    Returns: (9,), each of 0 to 8 once.
    Raises: ValueError naming ``rng``.
    Complexity: O(1).
    Source: lecture 11, section 52; Noroozi, Favaro 2016.
    """
    return generator("rng", rng).permutation(9)


def _order(order: ArrayLike) -> Labels:
    places = label_vector("order", order, 9)
    if sorted(places) != list(range(9)):
        raise ValueError("order must hold each of 0 to 8 once")
    return places


def _parts(name: str, image: ArrayLike) -> Floats:
    """The parts (9, h / 3, w / 3, c), by rows."""
    pixels = array(name, image, (None, None, None))
    h, w, c = pixels.shape
    if h % 3 or w % 3:
        raise ValueError(f"{name} must have sides that are multiples of 3, not {h} and {w}")
    return pixels.reshape(3, h // 3, 3, w // 3, c).swapaxes(1, 2).reshape(9, h // 3, w // 3, c)


def _joined(parts: Floats) -> Floats:
    """The image of nine parts (9, height, width, c)."""
    _, height, width, c = parts.shape
    return parts.reshape(3, 3, height, width, c).swapaxes(1, 2).reshape(3 * height, 3 * width, c)
