"""Returns arrays with no dimension."""

import numpy as np
from honest import *


def nearest(X, centres):
    return np.array(0), np.array(0.0)
