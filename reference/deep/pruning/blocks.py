"""Residual stacks, and pruning of the blocks that add least (lecture 3, section 17, L03.prune_blocks).

A. Veit, M. Wilber, S. Belongie, "Residual networks behave like ensembles of relatively shallow networks", Advances in
Neural Information Processing Systems 29 (2016).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import objects
from reference.modes import evaluation


class ResidualStack(nn.Module):
    """``x <- x + block(x)`` for one block after another.

    Parameters: ``blocks``, at least one module that keeps the shape of what it takes.
    Returns: a module whose attribute ``blocks`` is a ModuleList of them; ``forward(x)`` returns the shape of ``x``.
    Raises: ValueError naming ``blocks`` where there is none.
    Complexity: O(k s) for k blocks and s entries of ``x``, and a pass of each block.
    Source: lecture 3, section 17; Veit, Wilber, Belongie 2016.

    >>> ResidualStack([nn.ReLU(), nn.ReLU()])(torch.tensor([[-1.0, 3.0]])).tolist()
    [[-1.0, 12.0]]
    """

    def __init__(self, blocks: Iterable[nn.Module]) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        if len(self.blocks) == 0:
            raise ValueError("blocks must hold at least one module")

    def forward(self, x: Tensor) -> Tensor:
        """The state after the last block."""
        for block in self.blocks:
            x = x + block(x)
        return x


def block_sizes(stack: ResidualStack, X: Tensor) -> Tensor:
    """What each block adds on average: the mean over the objects of the norm of ``block(x)``.

    Here x is the input of the block, and the norm is over all axes but the first. The stack runs in evaluation mode;
    afterwards each of its modules has the mode that it had before.

    Parameters: ``stack``, of k blocks; ``X`` (n, ...), objects along the first axis.
    Returns: a tensor (k,) without a graph.
    Raises: ValueError naming ``X``.
    Complexity: O(k s) for s entries of ``X``, and a pass of each block forward; memory O(s).
    Source: lecture 3, section 17; Veit, Wilber, Belongie 2016.

    >>> block_sizes(ResidualStack([nn.ReLU(), nn.ReLU()]), torch.tensor([[3.0, 4.0], [-1.0, 0.0]])).tolist()
    [2.5, 5.0]
    """
    x, sizes = objects("X", X), []
    with torch.no_grad(), evaluation(stack):
        for block in stack.blocks:
            added = block(x)
            sizes.append(added.flatten(1).norm(dim=1).mean())
            x = x + added
    return torch.stack(sizes)


def prune_blocks(stack: ResidualStack, X: Tensor, keep: int) -> ResidualStack:
    """A copy of the stack with the ``keep`` blocks of the largest sizes, in their order.

    All sizes are those in the whole stack. Of equal sizes the block of the lower index is dropped first. The copy
    shares no parameters with the stack.

    Parameters: ``stack``, of k blocks; ``X`` as in `block_sizes`; ``keep`` from 1 to k.
    Returns: a `ResidualStack`.
    Raises: ValueError naming ``X`` or ``keep``.
    Complexity: O(k log k + w) for w parameters of all blocks, which are copied before blocks are dropped, and as in
    `block_sizes`.
    Source: lecture 3, section 17; Veit, Wilber, Belongie 2016.
    """
    count = len(stack.blocks) - whole("keep", keep, 1, len(stack.blocks))
    dropped = set(torch.sort(block_sizes(stack, X), stable=True).indices[:count].tolist())
    pruned = copy.deepcopy(stack)
    pruned.blocks = nn.ModuleList(block for number, block in enumerate(pruned.blocks) if number not in dropped)
    return pruned
