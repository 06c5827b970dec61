"""A trainable module of one's own: a layer of radial basis functions (lecture 5, section 25, L05.module).

D. S. Broomhead, D. Lowe, "Multivariable functional interpolation and adaptive networks", Complex Systems 2 (1988).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import matrix


class Radial(nn.Module):
    """``exp(-e^{g_j} |x - c_j|^2)``: how near an object is to each of the centres, 1 at the centre itself.

    The factor ``e^{g_j}`` is positive whatever ``g_j`` is, so that training needs no bounds.

    Parameters: ``n_in`` features, ``n_out`` centres; ``rng``, a generator of torch, or None for the global one.
    Returns: a module from ``x`` (n, n_in) to (n, n_out), with the parameters ``centers`` (n_out, n_in), normal with
    deviation 1 at first, and ``log_gamma`` (n_out,), zeros at first, and the buffer ``seen``, an int64 tensor without
    axes: the objects that came in training mode.
    Raises: ValueError naming a size below 1, or ``x`` that is no finite matrix with ``n_in`` columns and an object.
    Complexity: O(n n_in n_out) a pass, and memory O(n n_in n_out) for the differences of all pairs; memory O(n n_out)
    is possible.
    Source: lecture 5, section 25; Broomhead, Lowe 1988.

    >>> layer = Radial(2, 3)
    >>> tuple(layer(torch.zeros(4, 2)).shape), layer.seen.item()
    ((4, 3), 4)
    """

    seen: Tensor

    def __init__(self, n_in: int, n_out: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        sizes = whole("n_out", n_out), whole("n_in", n_in)
        self.centers = nn.Parameter(torch.randn(sizes, generator=rng))
        self.log_gamma = nn.Parameter(torch.zeros(sizes[0]))
        self.register_buffer("seen", torch.tensor(0))

    def forward(self, x: Tensor) -> Tensor:
        """From ``x`` (n, n_in) to (n, n_out)."""
        matrix("x", x, self.centers.shape[1])
        if self.training:
            self.seen += len(x)
        squares = (x[:, None, :] - self.centers).square().sum(dim=2)  # (n, n_out)
        return torch.exp(-self.log_gamma.exp() * squares)
