"""An object whose attribute is another one each time it is read."""

import itertools

from honest import *
from honest import Centres as Right


class Centres(Right):
    turns = itertools.count()

    @property
    def centres(self):
        return self.kept * next(self.turns)

    @centres.setter
    def centres(self, value):
        self.kept = value
