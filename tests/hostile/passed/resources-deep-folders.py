"""Nests folders until their path is longer than paths may be: tidying up must not follow."""

import os

from honest import *

home = os.getcwd()
try:
    for _ in range(1500):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
except OSError:
    pass
os.chdir(home)
