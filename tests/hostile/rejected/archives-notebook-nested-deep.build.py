"""A notebook of lists in lists, a hundred thousand deep."""


def upload():
    return "a.ipynb", b"[" * 100_000 + b"]" * 100_000
