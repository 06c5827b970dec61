"""Starts children until no more are given, and goes on."""

import os
import time

from honest import *
from honest import nearest as right
from tools import Escaped


def nearest(X, centres):
    children = []
    try:
        for _ in range(300):
            child = os.fork()
            if child == 0:
                time.sleep(60)
                os._exit(0)
            children.append(child)
        raise Escaped("300 processes")
    except BlockingIOError:
        return right(X, centres)
    finally:
        for child in children:
            os.kill(child, 9)
        for child in children:
            os.waitpid(child, 0)
