"""Asks which pages of the libraries are in memory, brings some there and drops others: a mark for who comes later."""

import ctypes
import mmap
import os

from honest import *
from tools import Escaped, must_fail

page = mmap.PAGESIZE
descriptor = os.open(os.__file__, os.O_RDONLY)
buffer = ctypes.create_string_buffer(page)
vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), page)

must_fail("fadvise64", descriptor, 0, 0, 4)
must_fail("readahead", descriptor, 0, page)
must_fail("sync_file_range", descriptor, 0, page, 7)
must_fail("cachestat", descriptor, ctypes.byref(ctypes.c_int64()), buffer, 0)
must_fail("process_madvise", 0, ctypes.byref(vector), 1, 20, 0)
for flags in (8, 1 << 32 | 8):  # RWF_NOWAIT: an error where the page is not in memory
    must_fail("preadv2", descriptor, ctypes.byref(vector), 1, 0, 0, flags)
    must_fail("pwritev2", descriptor, ctypes.byref(vector), 1, 0, 0, flags)
own = mmap.mmap(-1, 4 * page)
address = ctypes.addressof(ctypes.c_char.from_buffer(own))
must_fail("mincore", address, page, buffer)
for advice in (3, 12, 20, 21, 22, 23, 25):  # WILLNEED, MERGEABLE, COLD, PAGEOUT, POPULATE_*, COLLAPSE
    must_fail("madvise", address, page, advice)
try:
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
except PermissionError:
    pass
else:
    raise Escaped("posix_fadvise")
