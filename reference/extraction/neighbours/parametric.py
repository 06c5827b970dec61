"""t-SNE by a network, which maps new objects too (lecture 11, section 49, L11.parametric_tsne).

L. van der Maaten, "Learning a parametric embedding by preserving local structure", Artificial Intelligence and
Statistics (2009).
"""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import Tensor, nn

from reference.checks.numbers import positive, whole
from reference.checks.tensors import matrix
from reference.extraction.neighbours.sne import conditional
from reference.extraction.neighbours.tsne import joint

Net = TypeVar("Net", bound=nn.Module)


def tsne_loss(P: Tensor, Y: Tensor) -> Tensor:
    """``KL(P || Q)`` of the t-SNE of an embedding, which can be differentiated by Y; terms with p = 0 are 0.

    Parameters: ``P`` (n, n), probabilities of pairs of sum 1, zeros on the diagonal; ``Y`` (n, d), two objects or more.
    Returns: a tensor without axes, of the type of ``Y``.
    Raises: ValueError naming ``P`` or ``Y``.
    Complexity: O(n^2 d), also in memory, for the differences of all pairs; memory O(n^2) is possible.
    Source: lecture 11, section 49; van der Maaten 2009.

    >>> P = torch.tensor([[0.0, 0.5], [0.5, 0.0]])
    >>> float(tsne_loss(P, torch.tensor([[0.0], [3.0]])))
    0.0
    """
    n = len(matrix("Y", Y))
    if n < 2:
        raise ValueError("Y must hold at least 2 objects")
    shape = tuple(matrix("P", P).shape)
    if shape != (n, n) or bool((P < 0).any()):
        raise ValueError(f"P must have a number of at least 0 for each pair of {n} objects")
    squares = (Y[:, None] - Y[None]).square().sum(dim=2)
    logarithms = -torch.log1p(squares)  # of the kernel
    others = ~torch.eye(n, dtype=torch.bool)
    return (torch.xlogy(P, P) - P * (logarithms - logarithms[others].logsumexp(dim=0))).sum()


def parametric_tsne(net: Net, X: Tensor, perplexity: float, steps: int, rate: float) -> Net:
    """Trains a network so that the t-SNE of its outputs has the neighbours of X.

    It minimises `tsne_loss` by Adam, with all objects in each step. P is that of X, by `conditional` and `joint`, once
    for all steps. The network is in training mode, and stays in it.

    Parameters: ``net``, which maps (n, m) to (n, d); ``X`` (n, m), objects by rows, of the type of its parameters;
    ``perplexity`` above 1 and below n - 1; ``steps`` of at least 1; ``rate``, Adam's step, above 0.
    Returns: ``net`` itself, changed.
    Raises: ValueError naming an argument.
    Complexity: O(n^2 m) for the probabilities, and O(n^2 d) a step with a pass of the network forward and backward over
    n objects; memory O(n^2 (m + d)).
    Source: lecture 11, section 49; van der Maaten 2009.
    """
    rows = matrix("X", X)
    P = torch.from_numpy(joint(conditional(rows.numpy(), perplexity)[0])).to(rows.dtype)
    optimizer = torch.optim.Adam(net.parameters(), lr=positive("rate", rate))
    net.train()
    for _ in range(whole("steps", steps)):
        optimizer.zero_grad()
        tsne_loss(P, net(rows)).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return net
