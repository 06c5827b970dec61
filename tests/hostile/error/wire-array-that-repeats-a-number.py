"""Returns an array that says it has a terabyte, and holds one number."""

import numpy as np
from honest import *


def nearest(X, centres):
    return np.broadcast_to(0.0, (2**18, 2**19)), 1
