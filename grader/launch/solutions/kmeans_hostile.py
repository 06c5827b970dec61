"""Hostile: looks for the tests, talks over the wire, returns what equals everything, and leaves."""

import os
import sys


class Equal(float):
    def __eq__(self, other):
        return True

    __hash__ = None


def kmeans(X, start, max_iter=300):
    for root, _, files in os.walk("/"):
        for name in files:
            if name.startswith("test_") or "reference" in root:
                sys.stdout.write(open(os.path.join(root, name), errors="replace").read())
    if len(X) > 50:
        os._exit(0)
    return [Equal(1)] * len(start), [Equal(0)] * len(X)
