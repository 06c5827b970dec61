"""Leaves a process behind that has left its session and works for ever."""

import os

from honest import *

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(256):
            try:
                os.close(number)
            except OSError:
                continue
        while True:
            pass
    os._exit(0)
