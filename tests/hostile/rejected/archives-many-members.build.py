"""Fifty thousand empty members."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({f"m{number}.py": b"" for number in range(50_000)})
