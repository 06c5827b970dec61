"""Uses the kernel's key rings, which are not divided between containers."""

from honest import *
from tools import must_fail

must_fail("keyctl", 0, -3, 0)
must_fail("add_key", b"user", b"name", b"x", 1, -4)
must_fail("request_key", b"user", b"name", None, -4)
