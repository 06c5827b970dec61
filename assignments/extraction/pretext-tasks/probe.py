"""Runs beside the submission: orders drawn in a row, and whether results lie in the memory of an argument.

It holds no secret, and what it returns is checked outside.
"""

import numpy as np


def orders(draw_order, rng, count):
    """So many orders, one after another from the same generator."""
    return [draw_order(rng) for _ in range(count)]


def shares_memory(function, image, *arguments):
    """Whether something of what comes back lies in the memory of the image."""
    found = function(image, *arguments)
    return any(np.shares_memory(part, image) for part in (found if isinstance(found, tuple) else (found,)))
