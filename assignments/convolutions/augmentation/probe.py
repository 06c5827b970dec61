"""Runs beside the submission: whether the global generators are used or moved on."""

import random

import numpy as np


def _states():
    kind, keys, place, *_ = np.random.get_state()
    return kind, keys.tolist(), place, random.getstate()


def keeps_global_generators(pair, images, seed, names):
    """Whether the states of both global generators are the same after the pairs of all images."""
    np.random.seed(12345)
    random.seed(12345)
    before = _states()
    for i in range(len(images)):
        pair(images, i, seed, names)
    return _states() == before


def with_global_seed(pair, images, i, seed, names, global_seed):
    """The pair, after both global generators have been seeded."""
    np.random.seed(global_seed)
    random.seed(global_seed)
    return pair(images, i, seed, names)


def pairs_of(pair, image, small, numbers, names):
    """The pair of `image` for each number and seed; it stands among copies of a small image."""
    return [pair([small] * i + [image, small], i, seed, names) for i, seed in numbers]
