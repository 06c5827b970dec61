"""Has eight children print without end, and waits."""

import os
import time

from honest import *


def nearest(X, centres):
    for _ in range(8):
        if os.fork() == 0:
            while True:
                os.write(1, b"y" * 65536)
    time.sleep(60)
