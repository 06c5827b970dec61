"""Augmentation: fill in the functions. Check them at home with `grader check convolutions/augmentation solution.py`."""

from collections.abc import Iterator

import numpy as np

Pair = tuple[np.ndarray, np.ndarray]


def flip(image: np.ndarray, axis: str) -> np.ndarray:
    """The image (h, w, c) in a mirror; axis is "horizontal" (left and right change places) or "vertical"."""
    raise NotImplementedError("start with the axis of the array along which left and right lie")


def crop(image: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    """The part (height, width, c) of the image whose left upper pixel is in row `top` and column `left`."""
    raise NotImplementedError("start with the rows")


def blur(image: np.ndarray, sigma: float) -> np.ndarray:
    """The image blurred by a Gaussian of deviation sigma, radius ceil(3 sigma); pixels of the edge are repeated."""
    raise NotImplementedError("start with the weights; they add up to 1")


def contrast(image: np.ndarray, factor: float) -> np.ndarray:
    """m + factor (x - m), where m is the mean of all values, cut to 0 and 1."""
    raise NotImplementedError("start with the mean")


def saturate(image: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Each channel times its own factor, factors (c,), cut to 1."""
    raise NotImplementedError("start with the axis of the channels")


def gamma(image: np.ndarray, g: float) -> np.ndarray:
    """Each value to the power of g."""
    raise NotImplementedError("one line after the checks")


def pair(images: list[np.ndarray], i: int, seed: int, names: list[str]) -> Pair:
    """The image i, and the image i after the transformations in `names`, with strengths drawn by seed and i alone."""
    raise NotImplementedError("start with a generator of your own, made of seed and i")


def pairs(images: list[np.ndarray], seed: int, names: list[str]) -> Iterator[Pair]:
    """The pairs of all images, made one at a time."""
    raise NotImplementedError("yield the pair of each number")
