"""Sends a container whose tag nobody knows."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["pickle", b"cos\nsystem\n(S'true'\ntR."])
