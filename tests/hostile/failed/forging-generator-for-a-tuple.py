"""Returns a generator, to see what is done with it before it answers."""

from honest import *


def nearest(X, centres):
    yield "labels"
    yield "distances"
