"""Sets the machine's clocks."""

from honest import *
from tools import must_fail

must_fail("clock_settime", 0, None)
must_fail("settimeofday", None, None)
