"""Raises AssertionError itself, as if the test had said no."""

from honest import *


def nearest(X, centres):
    raise AssertionError("assert True")
