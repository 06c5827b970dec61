"""Uses the message queues of POSIX, which outlive their process."""

from honest import *
from tools import must_fail

must_fail("mq_open", b"queue", 0o102, 0o600, None)
