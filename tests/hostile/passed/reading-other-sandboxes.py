"""Looks for processes, sockets and temporary files of other submissions."""

import os

from honest import *
from tools import Escaped

processes = [int(name) for name in os.listdir("/proc") if name.isdigit()]
if len(processes) > 4 or max(processes) > 60:
    raise Escaped(f"processes of others: {processes}")
if others := [name for name in os.listdir("/tmp") if name.startswith("submission-") and name not in __file__]:
    raise Escaped(f"files of others: {others}")
if os.listdir("/dev/shm"):
    raise Escaped(f"shared memory of others: {os.listdir('/dev/shm')}")
