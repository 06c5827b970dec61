"""Source with a NUL byte, behind which some readers see nothing."""

from tests.hostile.attacks import HONEST


def upload():
    return "a.py", HONEST + b"\0import os"
