"""A function with a backward pass of its own (lecture 5, section 25, L05.function).

A bilinear form of two objects is the function. PyTorch could differentiate it by itself; here the three derivatives are
written by hand, as one does for what PyTorch cannot differentiate, or not without keeping too much.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from reference.checks.numbers import real
from reference.checks.tensors import matrix, tensor


class Bilinear(torch.autograd.Function):
    """y_i = scale x_i^T W z_i for each row; called as ``Bilinear.apply(x, W, z, scale)``.

    With g the gradient by y the backward pass gives scale diag(g) z W^T, scale x^T diag(g) z and scale diag(g) x W, in
    operations that can be differentiated again, None for what needs no gradient, and None for ``scale``.

    Parameters: those of ``apply``, as in `bilinear`, all four; they are not checked. No object is made of the class, so
    it takes no ``args`` and ``kwargs``.
    Returns: y (n,).
    Raises: nothing of its own.
    Complexity: O(n m k) a pass, forward or backward; memory O(n m + n k + m k).
    Source: lecture 5, section 25; lecture only.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, W: Tensor, z: Tensor, scale: float) -> Tensor:
        """The values (n,); the tensors are kept in a way that notices when they are changed."""
        ctx.save_for_backward(x, W, z)
        ctx.scale = scale
        return scale * (x @ W * z).sum(dim=1)  # (n,)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, Tensor | None, Tensor | None, None]:
        """The gradients by x, W and z, where they are needed, and None for scale; ``grad`` (n,) is that by y."""
        x, W, z = ctx.saved_tensors
        needs_x, needs_W, needs_z, _ = ctx.needs_input_grad
        rows = ctx.scale * grad[:, None]  # (n, 1)
        return (
            (rows * z) @ W.T if needs_x else None,  # (n, m)
            x.T @ (rows * z) if needs_W else None,  # (m, k)
            rows * (x @ W) if needs_z else None,  # (n, k)
            None,
        )


def bilinear(x: Tensor, W: Tensor, z: Tensor, scale: float = 1.0) -> Tensor:
    """y_i = scale x_i^T W z_i for each row, by `Bilinear`.

    Parameters: ``x`` (n, m) and ``z`` (n, k), objects by rows; ``W`` (m, k); ``scale``, a finite number. The tensors
    are of one type of floats.
    Returns: y (n,), of that type.
    Raises: ValueError naming ``x`` (no matrix), ``W`` (of other than m rows), ``z`` (of another shape than (n, k)) or
    ``scale``; the tensors must be finite and not empty.
    Complexity: as in `Bilinear`.
    Source: lecture 5, section 25; lecture only.

    >>> bilinear(torch.tensor([[1.0, 2.0]]), torch.tensor([[1.0], [3.0]]), torch.tensor([[5.0]])).tolist()
    [35.0]
    """
    n, m = matrix("x", x).shape
    k = tensor("W", W, (m, None)).shape[1]
    tensor("z", z, (n, k))
    result: Tensor = Bilinear.apply(x, W, z, real("scale", scale))  # type: ignore[no-untyped-call]
    return result
