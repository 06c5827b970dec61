"""Never comes back."""

from honest import *


def nearest(X, centres):
    while True:
        pass
