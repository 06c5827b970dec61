"""Reads all of the image's files and asks for everything to be written out, over and over."""

import os

from honest import *

read = 0
for root, _, files in os.walk("/usr"):
    for name in files[:3]:
        try:
            with open(os.path.join(root, name), "rb") as file:
                read += len(file.read(1 << 16))
        except OSError:
            continue
    if read > 20 << 20:
        break
for _ in range(20):
    os.sync()
