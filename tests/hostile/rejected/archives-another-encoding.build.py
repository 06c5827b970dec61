"""Source that declares an encoding in which it means something else."""

from tests.hostile.attacks import HONEST


def upload():
    return "a.py", b"# -*- coding: utf-7 -*-\n" + HONEST + b"+AAo-import os+AAo-"
