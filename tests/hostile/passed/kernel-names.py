"""Renames the machine."""

from honest import *
from tools import must_fail

must_fail("sethostname", b"owned", 5)
must_fail("setdomainname", b"owned", 5)
