"""Calls the test's function in a child process: it must raise there, and the wire must stay whole."""

import os

from honest import *
from honest import minimum as right


def minimum(f, start):
    child = os.fork()
    if child == 0:
        try:
            f(start)
        except RuntimeError:
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return right(f, start)
