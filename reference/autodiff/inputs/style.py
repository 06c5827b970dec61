"""The losses of style transfer and their gradients (lecture 2, section 14, L02.style).

L. Gatys, A. Ecker, M. Bethge, "Image style transfer using convolutional neural networks" (CVPR 2016), equations 1-7.
Gram matrices are means over places here, where the paper has sums and divides the loss by the number of places
squared: the same loss, except that the picture of the style may be of another size. There is no loop that descends.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from reference.autodiff.inputs.features import chosen, outputs
from reference.autodiff.inputs.gradient import value_and_gradient
from reference.checks.numbers import not_negative
from reference.checks.tensors import tensor

PICTURE = (None, None, None)  # channels, height, width


def gram(F: Tensor) -> Tensor:
    """``G_ij = 1/M sum_k F_ik F_jk`` over the M = h * w places.

    Parameters: ``F`` (c, h, w), features.
    Returns: (c, c).
    Raises: ValueError naming ``F``.
    Complexity: O(c^2 h w); memory O(c^2).
    Source: lecture 2, section 14; Gatys et al. 2016.

    >>> gram(torch.tensor([[[1.0, 3.0]], [[0.0, 2.0]]]))
    tensor([[5., 3.],
            [3., 2.]])
    """
    tensor("F", F, PICTURE)
    rows = F.flatten(1)  # (c, M)
    return rows @ rows.T / rows.shape[1]


def content_loss(F: Tensor, P: Tensor) -> Tensor:
    """``1/2 sum (F - P)^2``.

    Parameters: ``F`` and ``P`` (c, h, w), features.
    Returns: a scalar tensor, with its graph.
    Raises: ValueError naming ``F``, or ``P`` (another shape).
    Complexity: O(c h w).
    Source: lecture 2, section 14; Gatys et al. 2016.
    """
    return (F - alike(F, P)).square().sum() / 2


def content_gradient(F: Tensor, P: Tensor) -> Tensor:
    """The gradient of `content_loss` by F: ``F - P``.

    Parameters: as in `content_loss`.
    Returns: (c, h, w).
    Raises: as in `content_loss`.
    Complexity: as in `content_loss`.
    Source: lecture 2, section 14; Gatys et al. 2016.
    """
    return F - alike(F, P)


def style_loss(F: Tensor, A: Tensor) -> Tensor:
    """``1/(4 c^2) sum (G - A)^2`` for the Gram matrix G of F.

    Parameters: ``F`` (c, h, w), features; ``A`` (c, c), the wanted Gram matrix.
    Returns: a scalar tensor, with its graph.
    Raises: ValueError naming ``F``, or ``A`` (another shape).
    Complexity: O(c^2 h w); memory O(c^2).
    Source: lecture 2, section 14; Gatys et al. 2016.
    """
    return difference(F, A).square().sum() / (4 * len(F) ** 2)


def style_gradient(F: Tensor, A: Tensor) -> Tensor:
    """The gradient of `style_loss` by F: ``(G - A) F / (c^2 M)``.

    Parameters: as in `style_loss`; A is symmetric as Gram matrices are.
    Returns: (c, h, w).
    Raises: as in `style_loss`.
    Complexity: O(c^2 h w); memory O(c^2 + c h w).
    Source: lecture 2, section 14; Gatys et al. 2016.
    """
    rows = difference(F, A) @ F.flatten(1) / (len(F) ** 2 * F[0].numel())  # (c, M)
    return rows.reshape(F.shape)


def transfer(
    network: nn.Sequential,
    x: Tensor,
    content: Tensor,
    style: Tensor,
    *,
    content_layer: int,
    style_layers: Sequence[int],
    weights: Sequence[float] | None = None,
    alpha: float = 1.0,
    beta: float = 1.0,
) -> tuple[Tensor, Tensor]:
    """``alpha * content + beta * sum_l w_l style_l`` and its gradient by the picture x, without a graph.

    Parameters: ``network``, a sequence of modules; ``x`` and ``content`` (c, h, w); ``style`` (c, any, any);
    ``content_layer`` and ``style_layers``, modules by number; ``weights``, one a style layer, equal and of sum 1 when
    there are none; ``alpha`` and ``beta`` from 0 up.
    Returns: a scalar tensor and one of x's shape.
    Raises: ValueError naming ``x``, ``content`` (not of x's shape), ``style``, ``content_layer``, ``style_layers``,
    ``weights`` (another number of them, a negative one), ``alpha`` or ``beta``.
    Complexity: O(f^2 M) for each layer of the style, with f channels and M places, and three passes of the network
    forward and one backward.
    Source: lecture 2, section 14; Gatys et al. 2016.
    """
    picture = tensor("x", x, PICTURE).detach()
    wanted = tensor("content", content, tuple(picture.shape)).detach()
    painted = tensor("style", style, (len(picture), None, None)).detach()
    of_content, of_style = (
        chosen("content_layer", network, [content_layer]),
        chosen("style_layers", network, style_layers),
    )
    shares = [1 / len(of_style)] * len(of_style) if weights is None else [not_negative("weights", w) for w in weights]
    if len(shares) != len(of_style):
        raise ValueError(f"weights must be {len(of_style)} numbers, not {len(shares)}")
    faithful, painterly = not_negative("alpha", alpha), not_negative("beta", beta)
    with torch.no_grad():
        (P,) = outputs(network, wanted, of_content)
        grams = [gram(F) for F in outputs(network, painted, of_style)]

    def total(place: Tensor) -> Tensor:
        first, *others = outputs(network, place, of_content + of_style)
        losses = [share * style_loss(F, A) for share, F, A in zip(shares, others, grams, strict=True)]
        return faithful * content_loss(first, P) + painterly * torch.stack(losses).sum()

    return value_and_gradient(total, picture)


def alike(F: Tensor, P: Tensor) -> Tensor:
    """P, once it is known to be of the shape of the features F."""
    return tensor("P", P, tuple(tensor("F", F, PICTURE).shape))


def difference(F: Tensor, A: Tensor) -> Tensor:
    """``G - A``, once A is known to be of the shape of F's Gram matrix."""
    G = gram(F)
    return G - tensor("A", A, tuple(G.shape))
