"""Tensors of torch as arguments. They come back as they are: same type, same device, same graph."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from reference.checks.shapes import Wanted, as_text, fits


def tensor(name: str, values: Any, shape: Wanted | None = None) -> Tensor:
    """``values`` itself, a tensor of finite floats of ``shape`` (None in it: any length). ValueError names ``name``.

    It is never empty; without a ``shape`` the number of axes is free.
    """
    if not isinstance(values, Tensor) or not values.is_floating_point():
        raise ValueError(f"{name} must be a tensor of floats")
    if values.numel() == 0:
        raise ValueError(f"{name} must not be empty, but is of shape {tuple(values.shape)}")
    if shape is not None and not fits(tuple(values.shape), shape):
        raise ValueError(f"{name} must be of shape {as_text(shape)}, not {tuple(values.shape)}")
    if not torch.isfinite(values).all():
        raise ValueError(f"{name} must be finite")
    return values


def objects(name: str, values: Any) -> Tensor:
    """``values`` itself, a tensor with objects along its first axis, by the rules of `tensor`."""
    if tensor(name, values).dim() == 0:
        raise ValueError(f"{name} must have an axis for objects")
    return values


def matrix(name: str, values: Any, columns: int | None = None) -> Tensor:
    """``values`` itself, a matrix ``(n_objects, columns)``, by the rules of `tensor`."""
    return tensor(name, values, (None, columns))


def label_vector(name: str, values: Any, count: int | None = None) -> Tensor:
    """``values`` itself, a vector of whole numbers, at least one, ``count`` of them if given.

    ValueError names ``name``.
    """
    whole = isinstance(values, Tensor) and values.dtype in _WHOLE
    if not whole or not fits(tuple(values.shape), (count,)):
        raise ValueError(f"{name} must be a tensor of whole numbers of shape {as_text((count,))}")
    return values


def whole_numbers(name: str, values: Any, shape: Wanted, low: int, high: int) -> Tensor:
    """``values`` as int64, once it is a tensor of whole numbers of this shape, each from ``low`` to ``high``.

    ValueError names ``name``.
    """
    if not isinstance(values, Tensor) or values.dtype not in _WHOLE:
        raise ValueError(f"{name} must be a tensor of whole numbers")
    if not fits(tuple(values.shape), shape):
        raise ValueError(f"{name} must be of shape {as_text(shape)}, not {tuple(values.shape)}")
    if values.min() < low or values.max() > high:
        raise ValueError(f"{name} must be from {low} to {high}")
    return values.long()


def bools(name: str, values: Any, shape: Wanted) -> Tensor:
    """``values`` itself, once it is a tensor of bools of this shape. ValueError names ``name``."""
    if not isinstance(values, Tensor) or values.dtype != torch.bool or not fits(tuple(values.shape), shape):
        raise ValueError(f"{name} must be a tensor of bools of shape {as_text(shape)}")
    return values


_WHOLE = {torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64}
