"""Loads programs into the kernel: bpf, and counters of performance."""

from honest import *
from tools import must_fail

must_fail("bpf", 0, None, 0)
must_fail("perf_event_open", None, 0, -1, -1, 0)
