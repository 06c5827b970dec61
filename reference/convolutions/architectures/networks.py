"""A configuration as a network of torch (lecture 4, section 22; rows L04.alexnet and L04.vgg)."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from reference.convolutions.architectures.configuration import Layer, Shape, object_shape, trace


def build(config: Sequence[Layer], shape: Sequence[int]) -> nn.Sequential:
    """The network that a configuration describes: module number i is layer number i.

    Parameters: as in `trace`. Weights begin as PyTorch's layers do.
    Returns: an ``nn.Sequential`` from (n, c, h, w) to what `trace` says of the last layer, for each object.
    Raises: ValueError as `trace` does.
    Complexity: O(l + w) for l layers with w parameters, which are drawn.
    Source: lecture 4, section 22; lecture only.

    >>> build([("flatten",), ("linear", 2)], (1, 3, 3))
    Sequential(
      (0): Flatten(start_dim=1, end_dim=-1)
      (1): Linear(in_features=9, out_features=2, bias=True)
    )
    """
    before = [object_shape(shape), *(row[1] for row in trace(config, shape))]
    return nn.Sequential(*(module(layer, came) for layer, came in zip(config, before[:-1], strict=True)))


def module(layer: Layer, shape: Shape) -> nn.Module:
    """One layer for objects of this shape; the layer has been checked."""
    match layer:
        case ("conv", out, kernel, stride, padding):
            return nn.Conv2d(shape[0], out, kernel, stride, padding)
        case ("pool", kernel, stride):
            return nn.MaxPool2d(kernel, stride)
        case ("adaptive", size):
            return nn.AdaptiveAvgPool2d(size)
        case ("flatten",):
            return nn.Flatten()
        case ("linear", out):
            return nn.Linear(shape[0], out)
        case _:
            return nn.ReLU()
