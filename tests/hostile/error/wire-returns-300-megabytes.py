"""Returns an array that is larger than what may cross at once."""

import numpy as np
from honest import *


def nearest(X, centres):
    return np.empty(40_000_000), 1
