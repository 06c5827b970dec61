"""Changes how the kernel treats it: addresses without randomness, other systems."""

from honest import *
from tools import must_fail

for value in (0x0040000, 0x0400000, 0x4, 0xFFFFFFF):
    must_fail("personality", value)
