"""A file whose name begins another header of the answer."""

from tests.hostile.attacks import HONEST


def upload():
    return "a\r\nSet-Cookie: x=1.py", HONEST
