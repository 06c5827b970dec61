"""A file that is called as markup of a page is."""

from tests.hostile.attacks import HONEST


def upload():
    return "<img src=x onerror=alert(1)>.py", HONEST
