"""Reads and writes the memory of other processes."""

from honest import *
from tools import must_fail

import ctypes
import os

from tools import Escaped

buffer = ctypes.create_string_buffer(16)
for process in (1, os.getppid(), os.getpid()):
    must_fail("process_vm_readv", process, buffer, 1, buffer, 1, 0)
    must_fail("process_vm_writev", process, buffer, 1, buffer, 1, 0)
