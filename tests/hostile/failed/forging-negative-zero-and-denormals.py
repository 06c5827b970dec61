"""Returns numbers at the edges of what floating point can hold."""

import numpy as np
from honest import *


def nearest(X, centres):
    return np.zeros(len(X), dtype=int), np.resize([-0.0, 5e-324, 1.7e308, -1.7e308], len(X))
