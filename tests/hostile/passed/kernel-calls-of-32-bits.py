"""Makes system calls by the interface for programs of 32 bits and of x32, whose numbers filters may not know."""

import ctypes
import os
import platform

from honest import *
from tools import Escaped

if platform.machine() == "x86_64":
    child = os.fork()
    if child == 0:
        answer = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(0x40000000 | 272), ctypes.c_long(0x10000000))
        os._exit(7 if answer == 0 else 0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 7:
        raise Escaped("a call of x32")
