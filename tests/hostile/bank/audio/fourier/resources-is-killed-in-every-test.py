"""Ends its sandbox by a signal in every test, some idle time after it was asked.

Earns: 0
Verdicts: died, skipped, timeout
"""

import os
import signal
import time


def end(*args, **kwargs):
    time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGKILL)


dft = fft = ifft = frequencies = end
