"""Reads ahead in the wire: what has arrived but was not asked for yet."""

import socket

from honest import *
from honest import nearest as right
from tools import Escaped, agent


def nearest(X, centres):
    wire = agent().line.wire
    try:
        ahead = wire.recv(1 << 20, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return right(X, centres)
    raise Escaped(f"{len(ahead)} bytes lie ahead")
