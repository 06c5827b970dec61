"""Answers correctly, after ten seconds."""

import time

from honest import *
from honest import minimum as right


def minimum(f, start):
    time.sleep(10)
    return right(f, start)
