"""Returns a dict whose keys are objects of its own, which are no keys outside."""

from honest import *


class Key:
    pass


def nearest(X, centres):
    return {Key(): 1}, {Key()}
