"""Turns the machine off, and its swap space."""

from honest import *
from tools import must_fail

must_fail("reboot", 0xFEE1DEAD, 672274793, 0x4321FEDC, None)
must_fail("swapon", b"/tmp/x", 0)
must_fail("swapoff", b"/tmp/x")
must_fail("vhangup")
