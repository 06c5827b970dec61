"""Opens files by their number, past every folder, as the first container escapes did."""

from honest import *
from tools import must_fail

import ctypes

buffer = ctypes.create_string_buffer(128)
must_fail("name_to_handle_at", -100, b"/", buffer, buffer, 0)
must_fail("open_by_handle_at", 3, buffer, 0)
