"""Starts threads until no more are given, and goes on."""

import threading

from honest import *
from honest import nearest as right
from tools import Escaped


def nearest(X, centres):
    stop = threading.Event()
    threads = []
    try:
        for _ in range(1000):
            threads.append(threading.Thread(target=stop.wait))
            threads[-1].start()
        raise Escaped("1000 threads")
    except (RuntimeError, MemoryError):
        return right(X, centres)
    finally:
        stop.set()
        for thread in threads[:-1]:
            thread.join()
