"""Ends the process with the code of a killed one, as if memory had run out."""

import os

from honest import *


def nearest(X, centres):
    os._exit(137)
