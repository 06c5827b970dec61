"""Runs beside the submission: several draws from one generator, and whether the global generators were used.

It holds no secret, and what it returns is checked outside.
"""

import random

import numpy as np


def draws(draw, arguments, rng, count):
    """So many results of ``draw(*arguments, rng)``, one after another from one generator."""
    return [draw(*arguments, rng) for _ in range(count)]


def forwards(layer, x, rng, count, train):
    """So many forward passes with one generator, and the number that it gives next."""
    return [layer.forward(x, rng, train=train) for _ in range(count)], float(rng.random())


def global_generators_used(draw, arguments, rng):
    """Whether numpy's global generator or that of `random` has another state after the call."""
    np.random.seed(1)
    random.seed(1)
    before = np.random.get_state(), random.getstate()
    draw(*arguments, rng)
    after = np.random.get_state(), random.getstate()
    return after[1] != before[1] or after[0][2] != before[0][2] or bool((after[0][1] != before[0][1]).any())
