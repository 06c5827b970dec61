"""Loads and unloads modules of the kernel, and another kernel."""

from honest import *
from tools import must_fail

must_fail("init_module", None, 0, b"")
must_fail("finit_module", 0, b"", 0)
must_fail("delete_module", b"x", 0)
must_fail("kexec_load", 0, 0, None, 0)
