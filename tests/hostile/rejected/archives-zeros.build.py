"""Thirty megabytes of the same byte in thirty kilobytes."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"solution.py": HONEST, "big.py": b"#" * 30_000_000})
