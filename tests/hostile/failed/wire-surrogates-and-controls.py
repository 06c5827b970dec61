"""Returns texts with surrogates, NUL, bidirectional overrides and terminal sequences."""

from honest import *


def nearest(X, centres):
    return "\x00\x1b[2J\u202e\u2066", "\x07" * 1000
