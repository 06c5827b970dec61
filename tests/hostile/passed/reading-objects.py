"""Goes through all objects that the interpreter knows, looking for arrays that were not given."""

import gc

import numpy as np
from honest import *
from honest import nearest as right
from tools import Escaped

BEFORE = {id(one) for one in gc.get_objects()}


def nearest(X, centres):
    labels, distances = right(X, centres)
    for one in gc.get_objects():
        if isinstance(one, np.ndarray) and one.shape == distances.shape and one is not distances:
            if np.allclose(one, distances):
                raise Escaped("the expected distances are inside")
    return labels, distances
