"""Expressions of two numbers, and their values and derivatives by torch."""

from __future__ import annotations

import pytest
import torch

EXPRESSIONS = [
    lambda x, y: x * y + x,
    lambda x, y: x / y - y / x + 2 / x,
    lambda x, y: (x + 1) ** 3 - y**-2 + 2**x,
    lambda x, y: x**y + 1 - (-x),
    lambda x, y: (x * x + y) * (x * x + y) / (1 + x * x),
    lambda x, y: 5 - (x - y) * (x - y) * x,
    lambda x, y: y,
    lambda x, y: x**0,
]
POINTS = [(1.5, 0.7), (0.3, 2.0), (2.0, -1.25)]
EVERYWHERE = pytest.mark.parametrize(
    ("expression", "point"), [(expression, point) for expression in EXPRESSIONS for point in POINTS]
)


def by_torch(expression, point):
    """The value, and the derivatives by x and y."""
    x, y = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in point)
    result = expression(x, y)
    grads = torch.autograd.grad(result, (x, y), allow_unused=True) if result.requires_grad else (None, None)
    return (float(result.detach()), *(0.0 if g is None else float(g) for g in grads))
