"""Watches files and file systems for what others do."""

from honest import *
from tools import must_fail

must_fail("fanotify_init", 0, 0)
must_fail("inotify_init1", 0)
