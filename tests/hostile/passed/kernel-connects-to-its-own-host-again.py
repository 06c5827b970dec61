"""Connects once more to the socket by which the agent came in, to speak as another sandbox."""

import socket

from honest import *
from tools import Escaped

with socket.socket(socket.AF_UNIX) as stream:
    try:
        stream.connect("/run/grader/agent.sock")
    except OSError:
        pass
    else:
        raise Escaped("the host still listens")
