"""Asks for another root of the file system."""

from honest import *
from tools import must_fail

must_fail("chroot", b"/tmp")
must_fail("pivot_root", b"/tmp", b"/tmp")
