"""Waits for input that never comes."""

import select

from honest import *


def nearest(X, centres):
    select.select([], [], [])
