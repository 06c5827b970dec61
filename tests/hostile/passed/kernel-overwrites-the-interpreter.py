"""Overwrites the interpreter, the libraries and the agent, for whoever runs them next."""

import os
import sys

import numpy
from honest import *
from tools import Escaped

folders = ["/usr/bin", "/usr/lib", "/etc", "/srv", "/srv/agent", "/", "/run", "/var/tmp", "/opt", os.path.dirname(numpy.__file__)]
for path in [os.path.realpath(sys.executable), "/proc/self/exe", numpy.__file__, os.__file__, "/etc/ld.so.preload"]:
    try:
        os.close(os.open(path, os.O_WRONLY))
    except OSError:
        continue
    raise Escaped(path)
for folder in folders:
    try:
        with open(os.path.join(folder, "left-here.py"), "w"):
            raise Escaped(folder)
    except OSError:
        continue
