"""Mounts, unmounts and moves file systems, by the old calls and the new."""

from honest import *
from tools import must_fail

must_fail("mount", b"none", b"/tmp", b"tmpfs", 0, None)
must_fail("umount2", b"/proc", 2)
must_fail("fsopen", b"tmpfs", 0)
must_fail("open_tree", -100, b"/", 1)
must_fail("move_mount", -1, b"", -1, b"/tmp", 4)
