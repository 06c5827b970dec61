"""Closes its half of the wire and stays."""

import socket
import time

from honest import *
from tools import agent


def nearest(X, centres):
    agent().line.wire.shutdown(socket.SHUT_WR)
    time.sleep(60)
