"""Tensors as arguments; numpy's checks do not need torch."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import torch

from reference.checks.tensors import bools, label_vector, matrix, objects, tensor, whole_numbers


def test_a_tensor_comes_back_as_it_is():
    for dtype in (torch.float16, torch.float32, torch.float64):
        x = torch.ones(2, 3, dtype=dtype, requires_grad=True)
        for found in (tensor("x", x), tensor("x", x, (None, 3)), matrix("x", x, 3), objects("x", x)):
            assert found is x
    assert tensor("x", torch.tensor(1.0), ()).item() == 1


@pytest.mark.parametrize(
    "bad",
    [
        None,
        1.0,
        [[1.0]],
        np.ones((2, 3)),
        torch.ones(2, 3, dtype=torch.int64),
        torch.ones(2, 3, dtype=torch.bool),
        torch.ones(2, 3, dtype=torch.complex64),
        torch.ones(0, 3),
        torch.ones(2, 0),
        torch.tensor([[1.0, torch.nan]]),
        torch.tensor([[-torch.inf, 1.0]]),
    ],
)
def test_what_is_no_tensor_of_finite_floats(bad):
    for check in (tensor, matrix, objects):
        with pytest.raises(ValueError, match=r"^x must "):
            check("x", bad)


@pytest.mark.parametrize("shape", [(3,), (2, 3, 1), (2, 4), ()])
def test_other_shapes(shape):
    with pytest.raises(ValueError, match=r"^x must be of shape \(any, 3\), not "):
        matrix("x", torch.ones(shape), 3)


def test_objects_need_an_axis():
    with pytest.raises(ValueError, match=r"^x must have an axis for objects"):
        objects("x", torch.tensor(1.0))


def test_labels():
    labels = torch.tensor([3, -1], dtype=torch.int8)
    assert label_vector("labels", labels) is label_vector("labels", labels, 2) is labels


@pytest.mark.parametrize(
    "bad", [None, [0, 1], np.array([0, 1]), torch.ones(2), torch.tensor([True, False]), torch.ones(3).long()]
)
def test_what_are_no_labels(bad):
    with pytest.raises(ValueError, match=r"^labels must be a tensor of whole numbers"):
        label_vector("labels", bad, 2)
    with pytest.raises(ValueError, match=r"^labels must be "):
        label_vector("labels", torch.ones(2, 1).long())


def test_whole_numbers_become_int64():
    found = whole_numbers("tokens", torch.tensor([1, 2], dtype=torch.int32), (None,), 1, 2)
    assert found.dtype == torch.int64
    assert found.tolist() == [1, 2]


@pytest.mark.parametrize("values", [[1], torch.ones(2), torch.tensor([True]), torch.tensor([0]), torch.tensor([[1]])])
def test_what_are_no_whole_numbers(values):
    with pytest.raises(ValueError, match=r"^tokens must"):
        whole_numbers("tokens", values, (None,), 1, 2)


def test_bools_of_a_shape():
    mask = torch.tensor([True, False])
    assert bools("mask", mask, (2,)) is mask
    for bad in (mask.long(), mask[:1], [True, False]):
        with pytest.raises(ValueError, match=r"^mask must"):
            bools("mask", bad, (2,))


def test_the_other_checks_do_without_torch():
    modules = ", ".join(f"reference.checks.{name}" for name in ("arrays", "numbers", "randomness", "shapes", "text"))
    code = f"import sys; sys.modules['torch'] = None; import {modules}"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
