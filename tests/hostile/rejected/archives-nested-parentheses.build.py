"""A hundred thousand parentheses, which have overflowed parsers."""


def upload():
    return "a.py", b"x = " + b"(" * 100_000 + b")" * 100_000
