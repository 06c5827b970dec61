"""Generators of random numbers as arguments."""

from __future__ import annotations

from typing import Any

from numpy.random import Generator


def generator(name: str, rng: Any) -> Generator:
    """``rng`` itself, once it is known to be a generator of numpy. ValueError names ``name``."""
    if not isinstance(rng, Generator):
        raise ValueError(f"{name} must be a numpy.random.Generator, not {type(rng).__name__}")
    return rng
