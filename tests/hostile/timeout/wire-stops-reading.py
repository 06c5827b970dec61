"""Stops reading, so that whoever writes to it waits."""

import time

from honest import *


def minimum(f, start):
    time.sleep(60)
