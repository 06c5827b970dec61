"""Asks a file system to keep a file's layout in memory, and whether it does: a bit in each file that is shared."""

import ctypes
import os
import sys

from honest import *
from tools import must_fail

PRECACHE, GET_STATE, GET_CACHE, LAYOUT = 0x6612, 0x40046629, 0xC020662A, 0xC020660B
for path in (os.__file__, os.path.realpath(sys.executable), "/usr/sbin/docker-init", "/etc/hosts", "/usr"):
    if os.path.exists(path):
        descriptor = os.open(path, os.O_RDONLY)
        for request in (PRECACHE, GET_STATE, GET_CACHE, LAYOUT):
            must_fail("ioctl", descriptor, request, ctypes.create_string_buffer(4096))
            must_fail("ioctl", descriptor, 1 << 32 | request, ctypes.create_string_buffer(4096))
