"""An object that yields items for ever where three are expected."""

import itertools

from honest import *
from honest import Centres as Right


class Centres(Right):
    def __iter__(self):
        return itertools.count()
