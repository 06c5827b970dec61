"""A module that defines only some of what is asked for."""


def upload():
    return "a.py", b"def nearest(X, centres): pass"
