"""Logs and warns without end."""

import logging
import warnings

from honest import *


def nearest(X, centres):
    warnings.simplefilter("always")
    while True:
        warnings.warn("w" * 1000, stacklevel=1)
        logging.error("e" * 1000)
