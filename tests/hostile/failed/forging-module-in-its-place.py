"""Puts an object in the place of its own module."""

import sys

from honest import *


class nearest:
    def __new__(cls, *args):
        return 1


sys.modules[__name__] = nearest
