"""Features from a hidden layer of a trained network (lecture 11, section 51, L11.transfer).

J. Yosinski, J. Clune, Y. Bengio, H. Lipson, "How transferable are features in deep neural networks?", Advances in
Neural Information Processing Systems 27 (2014).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.tensors import objects
from reference.modes import evaluation


def features(network: nn.Module, X: Tensor, layer: str) -> Tensor:
    """The output of a hidden layer of the network for ``X``, one row for each object.

    The network works in evaluation mode and without gradients; afterwards each of its modules is in the mode in which
    it was, and the hook is gone, also where the network fails. The result is a copy: what the network does later in
    place with the layer's output does not reach it.

    Parameters: ``network``, trained; ``X`` (n, ...); ``layer``, a name of ``network.named_modules()``.
    Returns: a tensor (n, d) without a graph: all but the first axis of the output made one.
    Raises: ValueError naming ``X`` or ``layer`` (no such layer, or one that the network does not use).
    Complexity: O(n d), and a pass of the whole network forward, also of what comes after the layer.
    Source: lecture 11, section 51; Yosinski, Clune, Bengio, Lipson 2014.

    >>> network = nn.Sequential(nn.Flatten(), nn.ReLU(), nn.Linear(4, 1))
    >>> features(network, torch.tensor([[[-1.0, 2.0], [3.0, -4.0]]]), "1").tolist()
    [[0.0, 2.0, 3.0, 0.0]]
    """
    count = len(objects("X", X))
    parts = dict(network.named_modules(remove_duplicate=False))
    if layer not in parts:
        raise ValueError(f"layer must be a layer of the network, not {layer!r}")
    outputs: list[Tensor] = []
    hook = parts[layer].register_forward_hook(lambda _part, _inputs, output: outputs.append(output.clone()))
    try:
        with torch.no_grad(), evaluation(network):
            network(X)
    finally:
        hook.remove()
    if not outputs:
        raise ValueError(f"layer must be one that the network uses, which {layer!r} is not")
    return outputs[-1].reshape(count, -1)
