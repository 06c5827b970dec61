"""Asks for more of the processor: priorities, real time, other CPUs."""

import os

from honest import *
from tools import Escaped

for ask in (
    lambda: os.nice(-20),
    lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)),
):
    try:
        ask()
    except OSError:
        continue
    raise Escaped("a higher priority")
