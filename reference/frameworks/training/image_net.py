"""A convolutional network as a sequence of layers (lecture 5, section 25, L05.sequential)."""

from __future__ import annotations

from torch import nn

from reference.checks.numbers import whole


def image_net(classes: int = 10) -> nn.Sequential:
    """A small network for images with three channels, 32 by 32 pixels.

    Two convolutions that keep the size, each with ReLU and a pooling that halves it, then a linear layer. The outputs
    are logits. All parameters start as PyTorch starts them.

    Parameters: ``classes`` of at least 1.
    Returns: an ``nn.Sequential`` of eight layers, from (n, 3, 32, 32) to (n, classes).
    Raises: ValueError naming ``classes``.
    Complexity: O(n) a pass: 1622016 + 2048 classes multiplications an image.
    Source: lecture 5, section 25; lecture only.

    >>> sum(values.numel() for values in image_net().parameters())
    25578
    """
    outputs = whole("classes", classes)
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),  # (n, 16, 16, 16)
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),  # (n, 32, 8, 8)
        nn.Flatten(),
        nn.Linear(32 * 8 * 8, outputs),
    )
