"""Uses the shared memory, semaphores and queues of System V, which outlive their process."""

from honest import *
from tools import must_fail

must_fail("shmget", 1234, 1 << 20, 0o1600)
must_fail("semget", 1234, 1, 0o1600)
must_fail("msgget", 1234, 0o1600)
