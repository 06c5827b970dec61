"""Raises an exception whose text, name and traceback all raise."""

from honest import *


class Meta(type):
    @property
    def __name__(cls):
        raise RuntimeError


class Broken(Exception, metaclass=Meta):
    def __str__(self):
        raise RuntimeError

    __repr__ = __str__


def nearest(X, centres):
    raise Broken
