"""Checks of words, lengths and masks (lecture 6, sections 29 and 30).

Whatever is wrong is a `ValueError` whose text begins with the argument's name.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from reference.checks.shapes import Wanted, as_text, fits

_WHOLE = {torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64}


def whole_numbers(name: str, values: Any, shape: Wanted, low: int, high: int) -> Tensor:
    """``values`` as int64, once it is a tensor of whole numbers of this shape, each from ``low`` to ``high``."""
    if not isinstance(values, Tensor) or values.dtype not in _WHOLE:
        raise ValueError(f"{name} must be a tensor of whole numbers")
    if not fits(tuple(values.shape), shape):
        raise ValueError(f"{name} must be of shape {as_text(shape)}, not {tuple(values.shape)}")
    if values.min() < low or values.max() > high:
        raise ValueError(f"{name} must be from {low} to {high}")
    return values.long()


def bools(name: str, values: Any, shape: Wanted) -> Tensor:
    """``values`` itself, once it is a tensor of bools of this shape."""
    if not isinstance(values, Tensor) or values.dtype != torch.bool or not fits(tuple(values.shape), shape):
        raise ValueError(f"{name} must be a tensor of bools of shape {as_text(shape)}")
    return values
