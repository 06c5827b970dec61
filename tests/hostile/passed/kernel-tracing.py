"""Traces its parent and its children, as a debugger does."""

from honest import *
from tools import must_fail

import os

must_fail("ptrace", 0, 0, None, None)
must_fail("ptrace", 16, os.getppid(), None, None)
must_fail("ptrace", 0x4206, 1, None, None)
must_fail("kcmp", os.getpid(), os.getppid(), 0, 0, 0)
