"""AlexNet as a configuration (lecture 4, section 22, L04.alexnet).

A. Krizhevsky, "One weird trick for parallelizing convolutional neural networks", arXiv 1404.5997 (2014): the network in
one tower. In that of A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural
networks", NIPS 2012, the channels are divided between two processors. Dropout is left out: it changes no shape.
"""

from __future__ import annotations

from reference.convolutions.architectures.configuration import Layer

CLASSES = 1000


def alexnet() -> list[Layer]:
    """Five convolutions, three of them pooled, means of 6 x 6, three linear maps; 1000 classes.

    ReLU follows each convolution and each linear map but the last; pooling, 3 x 3 with stride 2, follows the ReLU.

    Parameters: none.
    Returns: a list of layers (tuples), each with its numbers; 61,100,840 parameters for pictures (3, 224, 224).
    Raises: nothing.
    Complexity: O(1).
    Source: lecture 4, section 22; Krizhevsky 2014.

    >>> alexnet()[:3]
    [('conv', 64, 11, 4, 2), ('relu',), ('pool', 3, 2)]
    """
    return [
        ("conv", 64, 11, 4, 2),
        ("relu",),
        ("pool", 3, 2),
        ("conv", 192, 5, 1, 2),
        ("relu",),
        ("pool", 3, 2),
        ("conv", 384, 3, 1, 1),
        ("relu",),
        ("conv", 256, 3, 1, 1),
        ("relu",),
        ("conv", 256, 3, 1, 1),
        ("relu",),
        ("pool", 3, 2),
        ("adaptive", 6),
        *head(),
    ]


def head() -> list[Layer]:
    """The linear maps with which AlexNet and VGG end alike."""
    return [
        ("flatten",),
        ("linear", 4096),
        ("relu",),
        ("linear", 4096),
        ("relu",),
        ("linear", CLASSES),
    ]
