"""An empty file."""


def upload():
    return "a.py", b""
