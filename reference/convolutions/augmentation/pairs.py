"""A data set of pairs: an image and the same image augmented (lecture 4, section 20, L04.augdata).

Pairs as a task for learning: T. Chen, S. Kornblith, M. Norouzi, G. Hinton, "A simple framework for contrastive learning
of visual representations", ICML (2020). What is drawn for a pair depends on the seed and on the number of the image
alone, so that any pair can be had at any time, in any order, in any process.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from reference.checks.arrays import Floats
from reference.checks.numbers import whole
from reference.checks.text import one_of, tokens
from reference.convolutions.augmentation.transforms import blur, contrast, crop, flip, gamma, picture, saturate

Pair = tuple[Floats, Floats]


def pair(images: Sequence[Any], i: int, seed: int, names: Sequence[str]) -> Pair:
    """The image ``i``, and its copy after the transformations in ``names``, one after another.

    How strong each is, is drawn anew: for "flip" the axis, both equally likely; for "crop" a height from ceil(h / 2)
    to h, a width likewise, then a place, all uniform; for "blur" sigma, uniform from 0.5 to 1.5; for "contrast" the
    factor, uniform from 0.5 to 1.5; for "saturate" a factor for each channel, uniform from 0.5 to 1.5; for "gamma" a
    power whose logarithm is uniform, from 1/2 to 2.

    What is drawn depends on ``i``, ``seed`` and ``names`` alone, and global generators are neither used nor changed.
    Another ``i`` or ``seed`` draws independently.

    Parameters: ``images``, a list of images (h, w, c); ``i`` from 0; ``seed`` of at least 0; ``names``, a list, perhaps
    an empty one.
    Returns: the image and the augmented image; after "crop" the second is smaller.
    Raises: ValueError naming ``images`` (the image ``i`` is none), ``i``, ``seed`` or ``names``.
    Complexity: O(t h w c) for t transformations.
    Source: lecture 4, section 20; Chen et al. 2020.

    >>> image, augmented = pair([np.full((4, 4, 1), 0.25)], 0, 7, ["gamma"])
    >>> image[0, 0].tolist(), bool((0.0625 <= augmented).all() and (augmented <= 0.5).all())
    ([0.25], True)
    """
    index = whole("i", i, 0, len(images) - 1)
    rng = np.random.default_rng([whole("seed", seed, 0), index])
    image = picture("images", images[index])
    augmented = image
    for name in tokens("names", names):
        augmented = DRAWN[one_of("names", name, DRAWN)](augmented, rng)
    return image, augmented


def pairs(images: Sequence[Any], seed: int, names: Sequence[str]) -> Iterator[Pair]:
    """The pairs of all images, in their order: each is made, and its image checked, when its turn comes.

    Parameters: as in `pair`.
    Returns: an iterator over pairs.
    Raises: as in `pair`; of an image when its turn comes.
    Complexity: O(t) to begin with for t transformations, then as in `pair` for each image.
    Source: lecture 4, section 20; Chen et al. 2020.

    >>> [augmented.shape for _, augmented in pairs([np.ones((2, 3, 1)), np.ones((5, 5, 2))], 1, ["blur", "gamma"])]
    [(2, 3, 1), (5, 5, 2)]
    """
    number = whole("seed", seed, 0)
    chosen = [one_of("names", name, DRAWN) for name in tokens("names", names)]
    return (pair(images, i, number, chosen) for i in range(len(images)))


def _flipped(image: Floats, rng: np.random.Generator) -> Floats:
    return flip(image, "horizontal" if rng.random() < 0.5 else "vertical")


def _cropped(image: Floats, rng: np.random.Generator) -> Floats:
    h, w, _ = image.shape
    height, width = int(rng.integers(math.ceil(h / 2), h + 1)), int(rng.integers(math.ceil(w / 2), w + 1))
    top, left = int(rng.integers(h - height + 1)), int(rng.integers(w - width + 1))
    return crop(image, top, left, height, width)


def _blurred(image: Floats, rng: np.random.Generator) -> Floats:
    return blur(image, rng.uniform(0.5, 1.5))


def _contrasted(image: Floats, rng: np.random.Generator) -> Floats:
    return contrast(image, rng.uniform(0.5, 1.5))


def _saturated(image: Floats, rng: np.random.Generator) -> Floats:
    return saturate(image, rng.uniform(0.5, 1.5, size=image.shape[2]))


def _powered(image: Floats, rng: np.random.Generator) -> Floats:
    return gamma(image, 2 ** rng.uniform(-1, 1))


DRAWN: dict[str, Callable[[Floats, np.random.Generator], Floats]] = {
    "flip": _flipped,
    "crop": _cropped,
    "blur": _blurred,
    "contrast": _contrasted,
    "saturate": _saturated,
    "gamma": _powered,
}
