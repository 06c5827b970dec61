"""A module that is larger than a submission may be."""

from tests.hostile.attacks import HONEST


def upload():
    return "a.py", HONEST + b"#" * (2 << 20)
