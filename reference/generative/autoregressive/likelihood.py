"""The likelihood of an image as a product over its pixels, and samples (lecture 12, section 55, L12.autoregressive).

The order is that of reading: rows from the top, in a row from the left. A model gives for each pixel the probability
of 1 when all pixels before it are known. The lecture names no formula; the factorisation and the order are those of
A. van den Oord, N. Kalchbrenner, K. Kavukcuoglu, "Pixel recurrent neural networks", ICML 2016. Images of one channel
with two values, where the paper has three channels with 256.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from reference.checks.numbers import whole
from reference.checks.tensors import tensor

Model = Callable[[Tensor], Tensor]


def log_prob(model: Model, images: Tensor) -> Tensor:
    """``log p(x) = sum over t of log p(x_t | x_1, ..., x_{t-1})``, the natural logarithm, for each image.

    ``p(x_t = 1 | ...)`` is the sigmoid of the logit at pixel t. All pixels are known, so one call of the model is
    enough. Whether a logit depends on earlier pixels only is not checked.

    Parameters: ``model`` from images to logits of the same shape; ``images`` (n, 1, h, w) of zeros and ones, floats.
    Returns: (n,), with gradients to the model's parameters.
    Raises: ValueError naming ``images``.
    Complexity: O(n h w), and one pass of the model.
    Source: lecture 12, section 55; van den Oord et al. 2016.

    >>> log_prob(torch.zeros_like, torch.ones(2, 1, 2, 2)) / torch.tensor(0.5).log()
    tensor([4., 4.])
    """
    binary(images)
    logits = model(images)  # (n, 1, h, w)
    of_pixels = -binary_cross_entropy_with_logits(logits, images, reduction="none")
    return of_pixels.sum(dim=(1, 2, 3))  # (n,)


def sample(model: Model, n: int, h: int, w: int, *, rng: torch.Generator | None = None) -> Tensor:
    """New images: each pixel is drawn, in the order of reading, from its probability given the pixels before it.

    The model is called once for each pixel, with all n images; what has not been drawn yet is 0 in them. No gradients
    are recorded.

    Parameters: ``model`` from images to logits; ``n`` images of height ``h`` and width ``w``, each at least 1;
    ``rng``, a generator of torch, or None for the global one.
    Returns: (n, 1, h, w) of zeros and ones, float32.
    Raises: ValueError naming ``n``, ``h`` or ``w``.
    Complexity: O(h w) passes of the model over all n images, though a pixel needs no others than those before it.
    Source: lecture 12, section 55; van den Oord et al. 2016.

    >>> sample(lambda images: torch.full_like(images, 100.0), 1, 2, 3).tolist()
    [[[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]]
    """
    images = torch.zeros(whole("n", n), 1, whole("h", h), whole("w", w))
    with torch.no_grad():
        for row in range(h):
            for column in range(w):
                probability = torch.sigmoid(model(images)[:, 0, row, column])  # (n,)
                images[:, 0, row, column] = torch.bernoulli(probability, generator=rng)
    return images


def binary(images: Tensor) -> Tensor:
    """``images`` themselves, once they are (n, 1, h, w) of zeros and ones. ValueError names ``images``."""
    tensor("images", images, (None, 1, None, None))
    if not ((images == 0) | (images == 1)).all():
        raise ValueError("images must be zeros and ones")
    return images
