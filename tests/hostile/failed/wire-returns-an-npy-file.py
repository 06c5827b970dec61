"""Returns the bytes of a numpy file with an object array in it."""

import io

import numpy as np
from honest import *


def nearest(X, centres):
    file = io.BytesIO()
    np.save(file, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    return file.getvalue(), file.getvalue()
