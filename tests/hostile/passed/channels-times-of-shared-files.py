"""Sets the times of files and devices that all sandboxes share, and looks whether reading sets them."""

import os
import sys

from honest import *
from tools import Escaped

folders = ["/", "/dev", "/usr", "/etc", "/proc/sys/kernel", os.path.dirname(os.__file__), os.path.dirname(sys.executable)]
paths = [os.path.join(folder, name) for folder in folders for name in os.listdir(folder)]
paths += folders
mine = ("/tmp", "/dev", "/dev/shm", "/dev/pts", "/dev/mqueue")
own = {os.stat(place).st_dev for place in mine if os.path.exists(place)}  # file systems of this sandbox alone
for path in paths:
    if os.path.islink(path) or os.stat(path).st_dev in own:
        continue
    try:
        os.utime(path)
    except OSError:
        continue
    raise Escaped(path)

source = os.__file__
before = os.stat(source).st_atime_ns
with open(source, "rb") as file:
    file.read()
if os.stat(source).st_atime_ns != before:
    raise Escaped("reading is noted")
