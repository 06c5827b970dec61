"""Raises an exception whose name and text begin as a formula of a spreadsheet."""

from honest import *


def nearest(X, centres):
    raise type("=1+1", (Exception,), {})("@SUM(1+1)*cmd|' /C calc'!A0")
