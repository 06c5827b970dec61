"""Asks for an io_uring, behind which other calls hide from filters, and for the older kind."""

from honest import *
from tools import must_fail

must_fail("io_uring_setup", 8, None)
must_fail("io_setup", 8, None)
