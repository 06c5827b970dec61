"""What the layers of a network make of an object (lecture 2, section 14): features for L02.dream and L02.style.

Networks are sequences of modules, walked one by one; there are no hooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from torch import Tensor, nn

from reference.autodiff.inputs import real


def features(network: nn.Sequential, x: Tensor, layers: Sequence[int]) -> list[Tensor]:
    """The outputs of the modules numbered ``layers``, from 0, in the order asked for; gradients flow through them.

    No module behind the last one of them is run. A module that works in place changes neither x nor features kept.
    Raises: ValueError naming ``x``, or ``layers``: none, or a number that the network has no module for.
    """
    real("x", x)
    return outputs(network, x, chosen("layers", network, layers))


def outputs(network: nn.Sequential, x: Tensor, layers: Sequence[int]) -> list[Tensor]:
    """`features` of arguments that are known to be right."""
    kept: list[Tensor] = []
    for module in islice(network, max(layers) + 1):
        x = module(x.clone())
        kept.append(x)
    return [kept[layer] for layer in layers]


def chosen(name: str, network: nn.Sequential, layers: Sequence[int]) -> list[int]:
    """``layers`` once the network is known to have them. ValueError names ``name``."""
    if not layers or not all(0 <= layer < len(network) for layer in layers):
        raise ValueError(f"{name}: one or more from 0 to {len(network) - 1} are needed, not {list(layers)}")
    return list(layers)
