"""Turns accounting and quotas on and off."""

from honest import *
from tools import must_fail

must_fail("acct", b"/tmp/x")
must_fail("quotactl", 0x800002, None, 0, None)
