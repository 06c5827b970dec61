"""Siamese networks, which learn a metric from triples of objects (lecture 11, section 50, L11.triplet).

F. Schroff, D. Kalenichenko, J. Philbin, "FaceNet: a unified embedding for face recognition and clustering", CVPR
(2015); D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015).
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from reference.checks.numbers import not_negative, positive, whole
from reference.checks.tensors import label_vector, matrix, objects, tensor, whole_numbers


def triplet_loss(a: Tensor, p: Tensor, n: Tensor, margin: float) -> Tensor:
    """The mean over the triples of ``max(|a - p| - |a - n| + margin, 0)``.

    The distances are Euclidean, and nothing is added within them. Where two points are equal, the gradient of their
    distance is 0.

    Parameters: ``a``, ``p``, ``n`` (k, d), embeddings of the anchors, of objects of their classes and of objects of
    other classes; ``margin`` of at least 0.
    Returns: a tensor () with its graph.
    Raises: ValueError naming ``a``, ``p``, ``n`` or ``margin``.
    Complexity: O(k d).
    Source: lecture 11, section 50; Schroff, Kalenichenko, Philbin 2015.

    >>> triplet_loss(torch.zeros(1, 2), torch.tensor([[3.0, 4.0]]), torch.tensor([[0.0, 2.0]]), 1.0).item()
    4.0
    """
    shape = tuple(matrix("a", a).shape)
    near = (a - tensor("p", p, shape)).norm(dim=1)
    far = (a - tensor("n", n, shape)).norm(dim=1)
    return torch.relu(near - far + not_negative("margin", margin)).mean()


def triplets(labels: Tensor, count: int, rng: torch.Generator) -> Tensor:
    """Triples of indices, each drawn by itself: an anchor, another object of its class, an object of another class.

    The anchor is any object whose class has another one, each equally likely; then each that may be the second, and
    each that may be the third.

    Parameters: ``labels`` (n,), whole numbers; ``count`` of at least 1; ``rng``, a generator of torch.
    Returns: whole numbers (count, 3).
    Raises: ValueError naming ``labels`` (one class only, or no class with two objects) or ``count``.
    Complexity: O(n (n + count)), also in memory, as all pairs are compared; O(n log n + count) is possible by classes.
    Source: lecture 11, section 50; lecture only.

    >>> triplets(torch.tensor([7, 7, 8]), 1, torch.Generator())[0, 2].item()
    2
    """
    same = label_vector("labels", labels)[:, None] == labels  # (n, n)
    positives, negatives = same & ~torch.eye(len(labels), dtype=torch.bool), ~same
    anchors = (positives.any(dim=1) & negatives.any(dim=1)).nonzero()[:, 0]
    if len(anchors) == 0:
        raise ValueError("labels must have two classes, and one of them two objects")
    a = anchors[torch.randint(len(anchors), (whole("count", count),), generator=rng)]
    p, n = (torch.multinomial(allowed[a].double(), 1, generator=rng)[:, 0] for allowed in (positives, negatives))
    return torch.stack([a, p, n], dim=1)


def train_siamese(
    net: nn.Module, X: Tensor, triples: Tensor, loss: Callable[[Tensor, Tensor, Tensor], Tensor], rate: float
) -> Tensor:
    """Train a network by a step of Adam for each batch of triples; the same network embeds all three objects.

    Parameters: ``net``, from objects to embeddings (k, d), which is changed and left in training mode; ``X`` (n, ...);
    ``triples`` (steps, k, 3), indices of objects; ``loss`` of the embeddings ``(a, p, n)``, a tensor (); ``rate``
    above 0.
    Returns: the losses (steps,) before each step, without a graph.
    Raises: ValueError naming ``X``, ``triples`` or ``rate``.
    Complexity: O(steps k) triples: passes of the network forward and backward over three objects each.
    Source: lecture 11, section 50; Kingma, Ba 2015.
    """
    indices = whole_numbers("triples", triples, (None, None, 3), 0, len(objects("X", X)) - 1)
    optimizer = torch.optim.Adam(net.parameters(), lr=positive("rate", rate))
    net.train()
    losses = []
    for batch in indices:
        a, p, n = (net(X[column]) for column in batch.T)
        value = loss(a, p, n)
        optimizer.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(value.detach())
    return torch.stack(losses)
