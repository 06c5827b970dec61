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
    """``G_ij = 1/M sum_k F_ik F_jk`` over the M = h * w places: (c, h, w) to (c, c). ValueError names ``F``."""
    tensor("F", F, PICTURE)
    rows = F.flatten(1)  # (c, M)
    return rows @ rows.T / rows.shape[1]


def content_loss(F: Tensor, P: Tensor) -> Tensor:
    """``1/2 sum (F - P)^2`` of features (c, h, w), a scalar. ValueError names ``F``, or ``P`` of another shape."""
    return (F - alike(F, P)).square().sum() / 2


def content_gradient(F: Tensor, P: Tensor) -> Tensor:
    """The gradient of `content_loss` by F: ``F - P``."""
    return F - alike(F, P)


def style_loss(F: Tensor, A: Tensor) -> Tensor:
    """``1/(4 c^2) sum (G - A)^2`` for the Gram matrix G of F (c, h, w) and the wanted one A (c, c), a scalar.

    ValueError names ``F``, or ``A`` of another shape.
    """
    return difference(F, A).square().sum() / (4 * len(F) ** 2)


def style_gradient(F: Tensor, A: Tensor) -> Tensor:
    """The gradient of `style_loss` by F, (c, h, w): ``(G - A) F / (c^2 M)``; A is symmetric as Gram matrices are."""
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

    Parameters: ``x``, ``content`` (c, h, w); ``style`` (c, any, any); modules of the network by number; ``weights``,
    one a style layer, equal and of sum 1 when there are none.
    Raises: ValueError naming ``x``, ``content`` (not of x's shape), ``style``, ``content_layer``, ``style_layers``,
    ``weights`` (another number of them, a negative one), ``alpha`` or ``beta`` (negative).
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
