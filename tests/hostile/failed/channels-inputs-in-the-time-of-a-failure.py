"""Answers wrong, after as many tenths of a second as a digit of the hidden inputs says."""

import time

from honest import *
from honest import nearest as right


def nearest(X, centres):
    if X.shape == (3, 2):
        time.sleep(int(abs(X[0, 0]) * 1000) % 10 / 10)
        return None
    return right(X, centres)
