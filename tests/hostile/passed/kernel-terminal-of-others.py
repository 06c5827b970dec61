"""Types into the terminal of whoever started it."""

import fcntl
import os
import termios

from honest import *
from tools import Escaped

for path in ("/dev/tty", "/dev/console", "/dev/pts/0", "/dev/tty1", "/proc/1/fd/0", "/proc/1/fd/2"):
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
        fcntl.ioctl(descriptor, termios.TIOCSTI, b"x")
    except OSError:
        continue
    raise Escaped(path)
