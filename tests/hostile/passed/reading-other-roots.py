"""Leaves its root through other processes' and its own working folders and descriptors."""

import os

from honest import *
from tools import Escaped


def search():
    for process in [name for name in os.listdir("/proc") if name.isdigit()]:
        for way in ("root", "cwd"):
            for outside in ("etc/shadow", "../../../../etc/shadow", "var/lib/docker", "root/.bashrc"):
                try:
                    with open(f"/proc/{process}/{way}/{outside}", "rb") as file:
                        if file.read(10):
                            raise Escaped(f"{process}/{way}/{outside}")
                except OSError:
                    continue


search()
