"""Returns objects whose class, length and text lie, or never end."""

from honest import *


class Liar:
    __class__ = tuple

    def __len__(self):
        return 10**18

    def __str__(self):
        return "tuple" * 10**6

    __repr__ = __format__ = __str__

    def __hash__(self):
        return hash(self)


def nearest(X, centres):
    return Liar()
