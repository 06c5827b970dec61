"""The doors of neural clustering: tensors of the right shape, or a ValueError that names the argument."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def rows(name: str, values: Any, columns: int | None = None) -> Tensor:
    """``values`` itself, once it is known to be a finite float matrix, not empty, with ``columns`` columns."""
    objects(name, values)
    if values.dim() != 2 or values.numel() == 0 or columns not in (None, values.shape[1]):
        raise ValueError(f"{name} must be of shape (n, {columns or 'at least 1'}), not {tuple(values.shape)}")
    return values


def objects(name: str, values: Any) -> Tensor:
    """``values`` itself, once it is known to be a finite float tensor with objects along its first axis."""
    if not isinstance(values, Tensor) or not values.is_floating_point() or values.dim() == 0 or len(values) == 0:
        raise ValueError(f"{name} must be a tensor of floats with at least one object")
    if not torch.isfinite(values).all():
        raise ValueError(f"{name} must be finite")
    return values


def label_vector(name: str, values: Any, count: int | None = None) -> Tensor:
    """``values`` itself, once it is known to be a vector of whole numbers, not empty, of length ``count``."""
    fits = isinstance(values, Tensor) and values.dim() == 1 and len(values) > 0 and count in (None, len(values))
    if not fits or values.is_floating_point() or values.is_complex() or values.dtype == torch.bool:
        raise ValueError(f"{name} must be a vector of {count or 'some'} whole numbers, one for each object")
    return values
