"""A module that defines nothing of what is asked for."""


def upload():
    return "a.py", b"def closest(X, centres): pass"
