"""What every way to differentiate an expression of two numbers keeps; a test module gives it as ``derivatives``."""

from __future__ import annotations

import math

import numpy as np
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


@EVERYWHERE
def test_against_torch(derivatives, expression, point):
    np.testing.assert_allclose(derivatives(expression, point), by_torch(expression, point), rtol=1e-12, atol=1e-12)


def test_functions_are_applied_by_the_chain_rule(derivatives):
    found = derivatives(lambda x, y: (x * y).apply(math.sin, math.cos) * x, (2.0, 0.5))
    expected = (math.sin(1.0) * 2, math.cos(1.0) * 0.5 * 2 + math.sin(1.0), math.cos(1.0) * 2 * 2)
    np.testing.assert_allclose(found, expected, rtol=1e-14)
