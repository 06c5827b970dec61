"""A file that is larger than any upload may be."""


def upload():
    return "a.py", b"#" * (6 << 20)
