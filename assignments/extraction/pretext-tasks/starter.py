"""Pretext tasks: fill in the bodies below.

Check the file at home with `grader check extraction/pretext-tasks solution.py`.
"""

import numpy as np


def rotations(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Images (4n, s, s, c), turned by 0 to 3 quarters counter-clockwise, and labels (4n,)."""
    raise NotImplementedError("start with one image; which axes are rows and columns")


def context_pair(
    image: np.ndarray, size: int, gap: int, position: int, top: int, left: int
) -> tuple[np.ndarray, np.ndarray]:
    """The patch at (top, left) and its neighbour in the position, (size, size, c) both."""
    raise NotImplementedError("how far apart are two neighbours, in pixels")


def context_pairs(
    image: np.ndarray, size: int, gap: int, count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Central patches and neighbours, (count, size, size, c) both, and positions (count,), by chance."""
    raise NotImplementedError("which rows and columns are possible for the central patch")


def jigsaw(image: np.ndarray, order: np.ndarray) -> np.ndarray:
    """The image (h, w, c) whose place i shows the part order[i]."""
    raise NotImplementedError("cut the image into nine parts first")


def restore(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    """The image (h, w, c) that jigsaw shuffled in this order."""
    raise NotImplementedError("to which place goes the part on place i")


def draw_order(rng: np.random.Generator) -> np.ndarray:
    """An order (9,), all equally likely."""
    raise NotImplementedError("the generator can do this")


def hide(
    image: np.ndarray, top: int, left: int, height: int, width: int, fill: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The image (h, w, c) with a filled part, the part (height, width, c), the mask (h, w)."""
    raise NotImplementedError("copy before you fill")


def grey(image: np.ndarray) -> np.ndarray:
    """0.299 red + 0.587 green + 0.114 blue in three channels, (h, w, 3)."""
    raise NotImplementedError("start with one channel")


def colour_pair(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The grey image and the image, (h, w, 3) both."""
    raise NotImplementedError("start with grey")
