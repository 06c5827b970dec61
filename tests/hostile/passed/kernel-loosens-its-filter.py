"""Puts another filter of system calls over its own, one that allows everything: the stricter one still holds."""

import ctypes
import struct

from honest import *
from tools import must_fail

allow = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0x7FFF0000))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", 1, ctypes.addressof(allow)))
ctypes.CDLL(None).prctl(22, 2, program, 0, 0)
must_fail("unshare", 0x10000000)
must_fail("bpf", 0, None, 0)
