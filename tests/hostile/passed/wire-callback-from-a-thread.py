"""Calls the test's function in a thread, while the test waits for another answer: it must raise there."""

import threading

from honest import *
from honest import minimum as right


def minimum(f, start):
    raised = []

    def ask():
        try:
            f(start)
        except RuntimeError:
            raised.append(True)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    answer = right(f, start)
    for thread in threads:
        thread.join()
    assert len(raised) == 3
    return answer
