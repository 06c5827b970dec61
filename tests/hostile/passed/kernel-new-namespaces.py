"""Asks for new namespaces, one kind after the other, in which it would be root."""

from honest import *
from tools import must_fail

for kind in (0x10000000, 0x00020000, 0x40000000, 0x20000000, 0x08000000, 0x04000000, 0x02000000):
    must_fail("unshare", kind)
must_fail("clone3", None, 0)
