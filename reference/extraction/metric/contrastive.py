"""Contrastive learning on crops of images (lecture 11, section 52, L11.contrastive).

T. Chen, S. Kornblith, M. Norouzi, G. Hinton, "A simple framework for contrastive learning of visual representations",
ICML (2020); D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015).
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from reference.checks.numbers import positive, whole
from reference.checks.tensors import matrix, tensor


def crops(images: Tensor, size: int, rng: torch.Generator) -> Tensor:
    """A square part of each image, at a place of its own; all places are equally likely.

    Parameters: ``images`` (n, c, h, w); ``size`` from 1 to the smaller of h and w, in pixels; ``rng``, a generator of
    torch.
    Returns: a new tensor (n, c, size, size).
    Raises: ValueError naming ``images`` or ``size``.
    Complexity: O(n c h w), as whole images are checked; O(n c size^2) is possible.
    Source: lecture 11, section 52; Chen, Kornblith, Norouzi, Hinton 2020.

    >>> crops(torch.arange(4.0).reshape(1, 1, 2, 2), 2, torch.Generator()).tolist()
    [[[[0.0, 1.0], [2.0, 3.0]]]]
    """
    count, _, height, width = tensor("images", images, (None, None, None, None)).shape
    side = whole("size", size, 1, min(height, width))
    tops, lefts = (torch.randint(length - side + 1, (count,), generator=rng).tolist() for length in (height, width))
    parts = zip(images, tops, lefts, strict=True)
    return torch.stack([image[:, top : top + side, left : left + side] for image, top, left in parts])


def nt_xent(z1: Tensor, z2: Tensor, tau: float) -> Tensor:
    """The mean cross-entropy of finding, for each of the 2n views, its other view among the 2n - 1 others.

    The logits are cosines divided by the temperature ``tau``.

    Parameters: ``z1``, ``z2`` (n, d), embeddings of two views of n objects, none of them zero; ``tau`` above 0.
    Returns: a tensor () with its graph.
    Raises: ValueError naming ``z1``, ``z2`` or ``tau``.
    Complexity: O(n^2 d); memory O(n (n + d)).
    Source: lecture 11, section 52; Chen, Kornblith, Norouzi, Hinton 2020.

    >>> round(nt_xent(torch.eye(2), torch.eye(2), 1.0).item(), 4)  # log(e + 2) - 1
    0.5514
    """
    directions, _ = _directions(z1, z2)
    logits, partners = _logits(directions, positive("tau", tau))
    return cross_entropy(logits, partners)


def nt_xent_grad(z1: Tensor, z2: Tensor, tau: float) -> tuple[Tensor, Tensor]:
    """The gradients of `nt_xent` by ``z1`` and by ``z2``, from its formula.

    Parameters: as in `nt_xent`.
    Returns: two tensors (n, d).
    Raises: as `nt_xent`.
    Complexity: as in `nt_xent`.
    Source: lecture 11, section 52; Chen, Kornblith, Norouzi, Hinton 2020.

    >>> nt_xent_grad(torch.eye(2), torch.eye(2), 1.0)[0]  # 0.2119 = 1 / (e + 2)
    tensor([[0.0000, 0.2119],
            [0.2119, 0.0000]])
    """
    directions, lengths = _directions(z1, z2)
    logits, partners = _logits(directions, positive("tau", tau))
    errors = torch.softmax(logits, dim=1)  # (2n, 2n)
    errors[torch.arange(len(partners)), partners] -= 1
    # A cosine stands in the row of either of its views.
    by_directions = (errors + errors.T) @ directions / (tau * len(partners))
    along = (by_directions * directions).sum(dim=1, keepdim=True)
    by_views = (by_directions - along * directions) / lengths
    return by_views[: len(z1)], by_views[len(z1) :]


def train_contrastive(
    net: nn.Module,
    images: Tensor,
    size: int,
    loss: Callable[[Tensor, Tensor], Tensor],
    steps: int,
    rate: float,
    rng: torch.Generator,
) -> Tensor:
    """Train a network by steps of Adam, each with two new crops of every image.

    Parameters: ``net``, from crops (n, c, size, size) to embeddings (n, d), which is changed and left in training mode;
    ``images``, ``size``, ``rng`` as in `crops`; ``loss`` of the embeddings ``(z1, z2)``, a tensor (); ``steps`` of at
    least 1; ``rate`` above 0.
    Returns: the losses (steps,) before each step, without a graph.
    Raises: ValueError naming ``images``, ``size``, ``steps`` or ``rate``.
    Complexity: O(n c h w) a step for the crops, passes of the network forward and backward over 2 n of them, and one
    call of ``loss``.
    Source: lecture 11, section 52; Chen, Kornblith, Norouzi, Hinton 2020; Kingma, Ba 2015.
    """
    optimizer = torch.optim.Adam(net.parameters(), lr=positive("rate", rate))
    net.train()
    losses = []
    for _ in range(whole("steps", steps)):
        value = loss(net(crops(images, size, rng)), net(crops(images, size, rng)))
        optimizer.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(value.detach())
    return torch.stack(losses)


def _directions(z1: Tensor, z2: Tensor) -> tuple[Tensor, Tensor]:
    """All views with length 1 (2n, d), and their lengths (2n, 1)."""
    tensor("z2", z2, tuple(matrix("z1", z1).shape))
    for name, views in (("z1", z1), ("z2", z2)):
        if not views.any(dim=1).all():
            raise ValueError(f"{name} must have no zero among its vectors")
    views = torch.cat([z1, z2])
    lengths = views.norm(dim=1, keepdim=True)
    return views / lengths, lengths


def _logits(directions: Tensor, tau: float) -> tuple[Tensor, Tensor]:
    """Cosines by the temperature (2n, 2n), the own view left out, and the number (2n,) of each one's other view."""
    count = len(directions)
    logits = (directions @ directions.T / tau).masked_fill(torch.eye(count, dtype=torch.bool), -torch.inf)
    return logits, torch.arange(count).roll(count // 2)
