"""Joins pipes to the page cache, as the writers into read-only files did."""

from honest import *
from tools import must_fail

import os

reader, writer = os.pipe()
must_fail("splice", reader, None, writer, None, 1, 0)
must_fail("tee", reader, writer, 1, 0)
must_fail("vmsplice", writer, None, 0, 0)
