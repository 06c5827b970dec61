"""Fills an array of several gigabytes."""

import numpy as np
from honest import *


def nearest(X, centres):
    return [np.ones(32 << 20) for _ in range(64)]
