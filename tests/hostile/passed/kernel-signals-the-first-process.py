"""Sends signals to the first process and to its own group's leader, which would end or stop the sandbox's keeper."""

import os
import signal

from honest import *

for process in (1, os.getppid()):
    for number in (signal.SIGSTOP, signal.SIGCONT, signal.SIGWINCH):
        if process != os.getpid():
            try:
                os.kill(process, number)
            except OSError:
                continue
