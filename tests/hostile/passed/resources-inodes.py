"""Makes empty files and folders until no more are given, and goes on."""

import os
import shutil

from honest import *

os.mkdir("/tmp/many")
try:
    for number in range(20_000):
        os.mkdir(f"/tmp/many/{number}")
except OSError:
    pass
shutil.rmtree("/tmp/many")
