"""Returns a text that is no text in UTF-8."""

from honest import *


def nearest(X, centres):
    return "\ud800", "\udfff"
