"""A regular expression that takes exponential time, within one call into C that no signal interrupts."""

import re

from honest import *


def nearest(X, centres):
    return re.match(r"(a|a)*$", "a" * 60 + "b")
