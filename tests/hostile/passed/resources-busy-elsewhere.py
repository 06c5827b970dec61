"""Keeps a thread busy in the background while it answers."""

import threading

from honest import *


def work():
    while True:
        sum(range(1000))


threading.Thread(target=work, daemon=True).start()
