"""The outputs of a network's layers for an object (lecture 2, section 14): features for L02.dream and L02.style.

Networks are sequences of modules, run one by one; there are no hooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor


def features(network: nn.Sequential, x: Tensor, layers: Sequence[int]) -> list[Tensor]:
    """The outputs of the modules of these numbers, from 0, in the order asked for; gradients flow through them.

    No module behind the last one of them is run. A module that works in place changes neither x nor features kept.

    Parameters: ``network``, a sequence of modules; ``x``, what it takes; ``layers``, numbers of modules.
    Returns: a list of tensors, with their graph.
    Raises: ValueError naming ``x``, or ``layers`` (none, or a number that the network has no module for).
    Complexity: O(s) for s entries of all outputs, and one pass forward through the modules up to the last of
    ``layers``; memory O(s).
    Source: lecture 2, section 14; lecture only.
    """
    return outputs(network, tensor("x", x), chosen("layers", network, layers))


def outputs(network: nn.Sequential, x: Tensor, layers: Sequence[int]) -> list[Tensor]:
    """`features` of arguments that are known to be right."""
    kept: list[Tensor] = []
    for module in islice(network, max(layers) + 1):
        x = module(x.clone())
        kept.append(x)
    return [kept[layer] for layer in layers]


def chosen(name: str, network: nn.Sequential, layers: Sequence[int]) -> list[int]:
    """``layers`` once the network is known to have them. ValueError names ``name``."""
    numbers = [whole(name, layer, 0, len(network) - 1) for layer in layers]
    if not numbers:
        raise ValueError(f"{name} must name at least one module")
    return numbers
