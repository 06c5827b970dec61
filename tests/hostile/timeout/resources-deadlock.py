"""Locks itself out."""

import threading

from honest import *


def nearest(X, centres):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
