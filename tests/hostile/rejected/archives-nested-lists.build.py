"""Ninety nested lists in a hundred thousand lines, each as deep as a parser goes."""


def upload():
    return "a.py", (b"x = " + b"[" * 90 + b"]" * 90 + b"\n") * 3000 + b"x = " + b"-" * 200_000 + b"1"
