"""Asks to serve its own page faults, which stops the kernel at a chosen moment."""

from honest import *
from tools import must_fail

must_fail("userfaultfd", 0)
