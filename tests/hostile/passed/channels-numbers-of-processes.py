"""Asks for a descriptor of a process, whose number counts all processes that the machine has ever had."""

import os

from honest import *
from tools import must_fail

must_fail("pidfd_open", os.getpid(), 0)
